'use client';

import { useQueries, useQuery } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { Amount } from '#components/ui/amount.tsx';
import { decimalsOf } from '#components/ui/amount-text.ts';
import { Button } from '#components/ui/button.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Age, Time } from '#components/ui/time.tsx';
import type { AssetView } from '#server/assets/contract.ts';
import type { WalletBalanceView } from '#server/wallets/contract.ts';

/** Asked of the chain for this visit; a provider that is slow for one asset does not hold back the others. */
export function WalletBalances({ walletId }: { readonly walletId: string }) {
  const t = useTranslations('wallets');
  const trpc = useTRPC();
  const assets = useQuery(trpc.assets.list.queryOptions({}));
  if (assets.isPending) return <Loading rows={2} />;
  if (!assets.data) return <ErrorState error={assets.error} onRetry={assets.refetch} />;
  const onChain = assets.data.rows.filter(({ chain }) => chain === 'bsc');
  if (onChain.length === 0) return <Empty title={t('balances.noAssets')} />;
  return <BalanceTable walletId={walletId} assets={onChain} />;
}

function BalanceTable({ walletId, assets }: { readonly walletId: string; readonly assets: readonly AssetView[] }) {
  const t = useTranslations('wallets');
  const trpc = useTRPC();
  const balances = useQueries({
    queries: assets.map(({ asset }) => trpc.wallets.balance.queryOptions({ walletId, asset }, { retry: false })),
  });
  const decimals = decimalsOf(balances.map(({ data }) => data?.amount ?? null));
  return (
    <Table
      caption={t('balances.caption')}
      head={
        <>
          <Header>{t('columns.asset')}</Header>
          <Header numeric>{t('balances.amount')}</Header>
          <Header>{t('balances.asOf')}</Header>
        </>
      }
    >
      {balances.map((balance, index) => {
        const asset = assets[index];
        return asset && <BalanceRow key={asset.asset} asset={asset.asset} balance={balance} decimals={decimals} />;
      })}
    </Table>
  );
}

interface BalanceRowProps {
  readonly asset: string;
  readonly balance: {
    readonly data: WalletBalanceView | undefined;
    readonly error: unknown;
    readonly isError: boolean;
    readonly isPending: boolean;
    readonly isFetching: boolean;
    readonly refetch: () => unknown;
  };
  readonly decimals: number;
}

function BalanceRow({ asset, balance, decimals }: BalanceRowProps) {
  const t = useTranslations('wallets');
  const tErrors = useTranslations('errors');
  return (
    <tr>
      <RowHeader label={t('columns.asset')}>
        <AssetChip asset={asset} />
      </RowHeader>
      <Cell label={t('balances.amount')} numeric>
        {balance.data ? (
          <span className="inline-flex items-center gap-1">
            <Amount value={balance.data.amount} decimals={decimals} />
            <CopyButton text={balance.data.amount} label={t('balances.amount')} />
          </span>
        ) : (
          <span className="text-ink-2">{balance.isPending ? t('balances.asking') : '-'}</span>
        )}
      </Cell>
      <Cell label={t('balances.asOf')}>
        <span className="inline-flex flex-wrap items-center gap-2 max-[480px]:justify-end">
          {balance.data && (
            <span>
              <Time at={balance.data.asOf} /> (<Age at={balance.data.asOf} />)
            </span>
          )}
          {balance.isError && <span className="text-danger">{tErrors(readFailure(balance.error).code)}</span>}
          {!balance.isPending && (
            <Button look="quiet" aria-disabled={balance.isFetching} onClick={() => balance.refetch()}>
              {t('balances.again')}
            </Button>
          )}
        </span>
      </Cell>
    </tr>
  );
}
