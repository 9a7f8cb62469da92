'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Check, Circle, Contrast, RotateCw, Users, X } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { decimalsOf } from '#components/ui/amount-text.ts';
import { AppLink } from '#components/ui/app-link.tsx';
import { Badge, type IconShape, type Tone } from '#components/ui/badge.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { NoValue } from '#components/ui/no-value.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import { UnknownMark } from '#components/ui/unknown-mark.tsx';
import { useSearch } from '#components/url/use-search.ts';
import type { MiningWithdrawalView } from '#server/mining/contract.ts';
import type { MiningWithdrawalStatus } from '#server/mining/statuses.ts';
import { LOG_ROWS, logSearch, READ_AGAIN_MS } from './search.ts';

const LOOKS: Readonly<Record<MiningWithdrawalStatus, { readonly tone: Tone; readonly icon: IconShape }>> = {
  pending: { tone: 'warning', icon: Circle },
  submitted: { tone: 'info', icon: Contrast },
  retrying: { tone: 'info', icon: RotateCw },
  failed: { tone: 'danger', icon: X },
  'manual-review': { tone: 'unknown', icon: UnknownMark },
  completed: { tone: 'success', icon: Check },
};

/** The pool's side: one line for each attempt that was made there. */
export function WithdrawalLog() {
  const t = useTranslations('mining');
  const trpc = useTRPC();
  const [{ after }, setSearch] = useSearch(logSearch);
  const input = { cursor: after.at(-1) ?? null, limit: LOG_ROWS };
  const options = { placeholderData: keepPreviousData, refetchInterval: READ_AGAIN_MS };
  const list = useQuery(trpc.mining.withdrawals.queryOptions(input, options));
  if (list.isPending) return <Loading />;
  if (!list.data) return <ErrorState error={list.error} onRetry={list.refetch} />;
  const { rows, nextCursor, total } = list.data;
  if (rows.length === 0) return <Empty title={t('log.empty')} />;
  return (
    <>
      <div className="-mb-2 flex justify-end">
        <Freshness query={list} />
      </div>
      <LogTable rows={rows} outdated={list.isPlaceholderData} />
      <Pagination
        shown={rows.length}
        total={total}
        onPrevious={after.length > 0 ? () => setSearch({ after: after.slice(0, -1) }) : null}
        onNext={nextCursor ? () => setSearch({ after: [...after, nextCursor] }) : null}
      />
    </>
  );
}

function LogTable({ rows, outdated }: { readonly rows: readonly MiningWithdrawalView[]; readonly outdated: boolean }) {
  const t = useTranslations('mining');
  const decimals = {
    amount: decimalsOf(rows.map(({ amount }) => amount)),
    fee: decimalsOf(rows.map(({ fee }) => fee)),
  };
  return (
    <Table
      caption={t('log.caption')}
      outdated={outdated}
      head={
        <>
          <Header>{t('log.createdAt')}</Header>
          <Header numeric>{t('log.amount')}</Header>
          <Header numeric tight="first">
            {t('log.fee')}
          </Header>
          <Header>{t('log.statusName')}</Header>
          <Header>{t('log.reference')}</Header>
        </>
      }
    >
      {rows.map((row) => (
        <LogRow key={row.id} row={row} decimals={decimals} />
      ))}
    </Table>
  );
}

function LogRow({
  row,
  decimals,
}: {
  readonly row: MiningWithdrawalView;
  readonly decimals: { readonly amount: number; readonly fee: number };
}) {
  const t = useTranslations('mining');
  return (
    <tr>
      <RowHeader label={t('log.createdAt')}>
        <AppLink
          href={`/withdrawals?view=all&id=${row.withdrawalId}`}
          className="inline-flex min-h-8 items-center text-focus underline"
        >
          <Time at={row.createdAt} />
        </AppLink>
      </RowHeader>
      <Cell label={t('log.amount')} numeric>
        <span className="inline-flex items-center gap-2">
          <AssetChip asset={row.asset} />
          <Amount value={row.amount} decimals={decimals.amount} />
        </span>
      </Cell>
      <Cell label={t('log.fee')} numeric tight="first">
        {row.fee === null ? <NoValue why={t('log.noFee')} /> : <Amount value={row.fee} decimals={decimals.fee} />}
      </Cell>
      <Cell label={t('log.statusName')}>
        {row.saidByPeople ? (
          <Badge tone="warning" icon={Users}>
            {t('log.said')}
          </Badge>
        ) : (
          <Badge {...LOOKS[row.status]}>{t(`log.status.${row.status}`)}</Badge>
        )}
      </Cell>
      <Cell label={t('log.reference')}>
        {row.saidByPeople ? (
          <span className="text-warning [overflow-wrap:anywhere]">
            {t('log.saidByPeople', { reference: row.reference ?? '' })}
          </span>
        ) : row.reference ? (
          <span className="font-mono text-sm [overflow-wrap:anywhere]">{row.reference}</span>
        ) : (
          <span className="text-ink-2">{t('log.noReference')}</span>
        )}
      </Cell>
    </tr>
  );
}
