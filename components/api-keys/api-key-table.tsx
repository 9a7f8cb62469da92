'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Button } from '#components/ui/button.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Age, Time } from '#components/ui/time.tsx';
import type { ApiKeyView } from '#server/operators/contract.ts';
import { groupedCount } from './key-fields.tsx';
import { KeyState } from './key-state.tsx';

interface ApiKeyTableProps {
  readonly rows: readonly ApiKeyView[];
  readonly onManage: (id: string) => void;
}

export function ApiKeyTable({ rows, onManage }: ApiKeyTableProps) {
  const t = useTranslations('apiKeys');
  return (
    <Table
      caption={t('caption')}
      head={
        <>
          <Header>{t('columns.name')}</Header>
          <Header>{t('columns.scopes')}</Header>
          <Header>{t('columns.state')}</Header>
          <Header tight="second">{t('columns.limits')}</Header>
          <Header tight="first">{t('columns.createdAt')}</Header>
          <Header>{t('columns.lastUsedAt')}</Header>
          <Header>{t('columns.actions')}</Header>
        </>
      }
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <RowHeader label={t('columns.name')}>{row.name}</RowHeader>
          <Cell label={t('columns.scopes')}>{row.scopes.map((scope) => t(`scope.${scope}`)).join(', ')}</Cell>
          <Cell label={t('columns.state')}>
            <KeyState apiKey={row} />
          </Cell>
          <Cell label={t('columns.limits')} tight="second">
            <Limits apiKey={row} />
          </Cell>
          <Cell label={t('columns.createdAt')} tight="first">
            <Time at={row.createdAt} />
          </Cell>
          <Cell label={t('columns.lastUsedAt')}>
            <LastUse apiKey={row} />
          </Cell>
          <Cell label={t('columns.actions')}>
            <Button aria-label={`${t('manage.open')}: ${row.name}`} onClick={() => onManage(row.id)}>
              {t('manage.open')}
            </Button>
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

function Limits({ apiKey: { addresses, callsPerMinute } }: { readonly apiKey: ApiKeyView }) {
  const t = useTranslations('apiKeys');
  const [first, ...others] = addresses;
  return (
    <span className="block py-1" title={addresses.join('\n')}>
      {first === undefined ? (
        t('limits.anywhere')
      ) : (
        <>
          <span className="font-mono text-sm [overflow-wrap:anywhere]">{first}</span>
          {others.length > 0 && ` ${t('limits.andMore', { count: others.length })}`}
        </>
      )}
      <span className="block text-ink-3 text-xs">{t('limits.calls', { count: groupedCount(callsPerMinute) })}</span>
    </span>
  );
}

/** Where it was tried from an address that its list does not have, somebody may have found it. */
function LastUse({ apiKey }: { readonly apiKey: ApiKeyView }) {
  const t = useTranslations('apiKeys');
  const { lastUsedAt, lastUsedIp, lastRefusedAt, lastRefusedIp } = apiKey;
  return (
    <span className="block py-1">
      {lastUsedAt ? <Age at={lastUsedAt} /> : <span className="text-ink-2">{t('neverUsed')}</span>}
      {lastUsedIp && <span className="block font-mono text-ink-3 text-xs [overflow-wrap:anywhere]">{lastUsedIp}</span>}
      {lastRefusedAt && (
        <span className="block text-danger text-xs">
          {t('refusedFrom', { ip: lastRefusedIp ?? '' })} · <Age at={lastRefusedAt} />
        </span>
      )}
    </span>
  );
}
