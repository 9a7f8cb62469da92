'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { decimalsOf } from '#components/ui/amount-text.ts';
import { AssetChip } from '#components/ui/chips.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { Section } from '#components/ui/page-header.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import type { MemberBalance } from '#server/ledger/contract.ts';

const EVERY_MS = 15_000;
const FIGURES = ['available', 'held', 'inFlight', 'payable'] as const;

export function MemberBalances({ memberId }: { readonly memberId: string }) {
  const t = useTranslations('balances');
  const trpc = useTRPC();
  const balances = useQuery(trpc.ledger.balances.queryOptions({ memberId }, { refetchInterval: EVERY_MS }));
  return (
    <Section title={t('now', { member: memberId })} aside={<Freshness query={balances} />}>
      {balances.isPending && <Loading rows={2} />}
      {balances.isError && !balances.data && <ErrorState error={balances.error} onRetry={balances.refetch} />}
      {balances.data?.length === 0 && <Empty title={t('none')} />}
      {balances.data && balances.data.length > 0 && <BalanceTable balances={balances.data} />}
      <p className="max-w-[720px] text-ink-3 text-sm">{t('note')}</p>
    </Section>
  );
}

function BalanceTable({ balances }: { readonly balances: readonly MemberBalance[] }) {
  const t = useTranslations('balances');
  const decimals = decimalsOf(balances.flatMap((balance) => FIGURES.map((figure) => balance[figure])));
  return (
    <Table
      caption={t('caption')}
      head={
        <>
          <Header>{t('asset')}</Header>
          {FIGURES.map((figure) => (
            <Header key={figure} numeric>
              {t(`figure.${figure}`)}
            </Header>
          ))}
        </>
      }
    >
      {balances.map((balance) => (
        <tr key={balance.asset}>
          <RowHeader label={t('asset')}>
            <AssetChip asset={balance.asset} />
          </RowHeader>
          {FIGURES.map((figure) => (
            <Cell key={figure} label={t(`figure.${figure}`)} numeric>
              <Amount value={balance[figure]} decimals={decimals} />
            </Cell>
          ))}
        </tr>
      ))}
    </Table>
  );
}
