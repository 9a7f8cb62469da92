'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Check, Circle, Contrast, RotateCw, X } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Address } from '#components/ui/address.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { decimalsOf } from '#components/ui/amount-text.ts';
import { Badge, type IconShape, type Tone } from '#components/ui/badge.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import { UnknownMark } from '#components/ui/unknown-mark.tsx';
import { texts } from '#components/url/params.ts';
import { useSearch } from '#components/url/use-search.ts';
import type { TransactionView } from '#server/wallets/contract.ts';
import type { TransactionStatus } from '#server/wallets/statuses.ts';

const PAGE_ROWS = 25;
/** Most of them are on their way for seconds. */
const READ_AGAIN_MS = 5_000;
const LOOKS: Readonly<Record<TransactionStatus, { readonly tone: Tone; readonly icon: IconShape }>> = {
  pending: { tone: 'warning', icon: Circle },
  submitted: { tone: 'info', icon: Contrast },
  'pending-transit': { tone: 'info', icon: Contrast },
  retrying: { tone: 'info', icon: RotateCw },
  failed: { tone: 'danger', icon: X },
  'manual-review': { tone: 'unknown', icon: UnknownMark },
  confirmed: { tone: 'success', icon: Check },
};

/** The cursors walked through so far: the last is this page's. */
const PAGES = { after: texts };

export function WalletTransactions({ walletId }: { readonly walletId: string }) {
  const t = useTranslations('wallets');
  const trpc = useTRPC();
  const [{ after }, setSearch] = useSearch(PAGES);
  const input = { walletId, cursor: after.at(-1) ?? null, limit: PAGE_ROWS };
  const options = { placeholderData: keepPreviousData, refetchInterval: READ_AGAIN_MS };
  const list = useQuery(trpc.wallets.transactions.queryOptions(input, options));
  if (list.isPending) return <Loading rows={3} />;
  if (!list.data) return <ErrorState error={list.error} onRetry={list.refetch} />;
  const { rows, nextCursor, total } = list.data;
  if (rows.length === 0) return <Empty title={t('transactions.empty')} />;
  return (
    <>
      <div className="-mb-2 flex justify-end">
        <Freshness query={list} />
      </div>
      <TransactionTable rows={rows} />
      <Pagination
        shown={rows.length}
        total={total}
        onPrevious={after.length > 0 ? () => setSearch({ after: after.slice(0, -1) }) : null}
        onNext={nextCursor ? () => setSearch({ after: [...after, nextCursor] }) : null}
      />
    </>
  );
}

function TransactionTable({ rows }: { readonly rows: readonly TransactionView[] }) {
  const t = useTranslations('wallets');
  const decimals = decimalsOf(rows.map(({ amount }) => amount));
  return (
    <Table
      caption={t('transactions.caption')}
      head={
        <>
          <Header>{t('transactions.createdAt')}</Header>
          <Header>{t('transactions.kind')}</Header>
          <Header numeric>{t('balances.amount')}</Header>
          <Header>{t('columns.status')}</Header>
          <Header>{t('transactions.to')}</Header>
        </>
      }
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <RowHeader label={t('transactions.createdAt')}>
            <Time at={row.createdAt} />
          </RowHeader>
          <Cell label={t('transactions.kind')}>{t(`transactions.kinds.${row.kind}`)}</Cell>
          <Cell label={t('balances.amount')} numeric>
            <span className="inline-flex items-center gap-2">
              <AssetChip asset={row.asset} />
              <Amount value={row.amount} decimals={decimals} />
            </span>
          </Cell>
          <Cell label={t('columns.status')}>
            <Badge {...LOOKS[row.status]}>{t(`transactions.status.${row.status}`)}</Badge>
          </Cell>
          <Cell label={t('transactions.to')}>
            <Address text={row.to} copyLabel={t('transactions.to')} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
