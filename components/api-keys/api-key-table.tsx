'use client';

import { Ban, Check, Clock } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Age, Time, useNowMs } from '#components/ui/time.tsx';
import type { ApiKeyView } from '#server/operators/contract.ts';

interface ApiKeyTableProps {
  readonly rows: readonly ApiKeyView[];
  readonly onRevoke: (key: ApiKeyView) => void;
}

export function ApiKeyTable({ rows, onRevoke }: ApiKeyTableProps) {
  const t = useTranslations('apiKeys');
  return (
    <Table
      caption={t('caption')}
      head={
        <>
          <Header>{t('columns.name')}</Header>
          <Header>{t('columns.scopes')}</Header>
          <Header>{t('columns.state')}</Header>
          <Header tight="first">{t('columns.createdAt')}</Header>
          <Header tight="first">{t('columns.lastUsedAt')}</Header>
          <Header>{t('columns.actions')}</Header>
        </>
      }
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <RowHeader label={t('columns.name')}>{row.name}</RowHeader>
          <Cell label={t('columns.scopes')}>{row.scopes.map((scope) => t(`scope.${scope}`)).join(', ')}</Cell>
          <Cell label={t('columns.state')}>
            <KeyState row={row} />
          </Cell>
          <Cell label={t('columns.createdAt')} tight="first">
            <Time at={row.createdAt} />
          </Cell>
          <Cell label={t('columns.lastUsedAt')} tight="first">
            {row.lastUsedAt ? <Age at={row.lastUsedAt} /> : <span className="text-ink-2">{t('neverUsed')}</span>}
          </Cell>
          <Cell label={t('columns.actions')}>
            {row.revokedAt ? (
              <span className="text-ink-3">-</span>
            ) : (
              <Button look="danger" onClick={() => onRevoke(row)}>
                {t('revoke.open')}
              </Button>
            )}
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

function KeyState({ row }: { readonly row: ApiKeyView }) {
  const t = useTranslations('apiKeys');
  const nowMs = useNowMs();
  const isExpired = row.expiresAt !== null && Date.parse(row.expiresAt) <= nowMs;
  if (row.revokedAt) {
    return (
      <Badge tone="neutral" icon={Ban}>
        {t('state.revoked')}
      </Badge>
    );
  }
  return (
    <span className="inline-flex flex-col items-start gap-0.5 py-1">
      <Badge tone={isExpired ? 'warning' : 'success'} icon={isExpired ? Clock : Check}>
        {t(isExpired ? 'state.expired' : 'state.active')}
      </Badge>
      {row.expiresAt && (
        <span className="text-ink-3 text-xs">
          {t('expiresAt')} <Time at={row.expiresAt} />
        </span>
      )}
    </span>
  );
}
