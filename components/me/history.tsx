'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Section } from '#components/ui/page-header.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { SignInView } from '#server/operators/contract.ts';
import { deviceName } from './device-name.ts';

/** Only the owner can tell whether it was them. */
export function History() {
  const t = useTranslations('me');
  const trpc = useTRPC();
  const list = useQuery(trpc.sessions.history.queryOptions({}));
  const rows = list.data?.rows ?? [];
  return (
    <Section title={t('history.title')}>
      <p className="text-ink-2">{t('history.lead')}</p>
      {list.isPending && <Loading rows={3} />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={list.refetch} />}
      {list.data && rows.length === 0 && <Empty title={t('history.empty')} />}
      {rows.length > 0 && (
        <Table
          caption={t('history.title')}
          head={
            <>
              <Header>{t('history.at')}</Header>
              <Header>{t('history.what')}</Header>
              <Header>{t('sessions.device')}</Header>
              <Header>{t('sessions.address')}</Header>
            </>
          }
        >
          {rows.map((row) => (
            <tr key={row.id}>
              <RowHeader label={t('history.at')}>
                <Time at={row.at} className="font-normal" />
              </RowHeader>
              <Cell label={t('history.what')}>
                <What row={row} />
              </Cell>
              <Cell label={t('sessions.device')}>{deviceName(row.userAgent) ?? '-'}</Cell>
              <Cell label={t('sessions.address')}>
                <span className="font-mono text-sm [overflow-wrap:anywhere]">{row.ip ?? '-'}</span>
              </Cell>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}

const LOOKS = {
  signed_in: undefined,
  refused: 'text-danger',
  code_refused: 'text-danger',
  new_device: 'text-warning',
} as const satisfies Record<SignInView['what'], string | undefined>;

function What({ row: { what, with: by } }: { readonly row: SignInView }) {
  const t = useTranslations('me');
  const isTold = what === 'signed_in' || what === 'refused';
  return (
    <span className={LOOKS[what]}>{isTold ? t(`history.${what}.${by ?? 'password'}`) : t(`history.${what}`)}</span>
  );
}
