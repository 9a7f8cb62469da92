'use client';

import { useQuery } from '@tanstack/react-query';
import { Facts, Part } from '#components/evidence/part.tsx';
import { ProviderRow } from '#components/evidence/provider-row.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Address } from '#components/ui/address.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import { Time } from '#components/ui/time.tsx';
import type { CandidatesView, ChainReceiptView } from '#server/reconciliation/contract.ts';

/** What could explain a difference, to be compared by a person: nothing is chosen and nothing is booked here. */
export function DifferenceCandidates({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const found = useQuery(trpc.reconciliation.candidates.queryOptions({ id }));
  if (found.isPending) return <Loading rows={2} />;
  if (found.isError) return <ErrorState error={found.error} onRetry={found.refetch} />;
  return (
    <>
      <Listed listed={found.data.listed} />
      <Receipts receipts={found.data.receipts} />
    </>
  );
}

function Listed({ listed }: Pick<CandidatesView, 'listed'>) {
  const t = useTranslations('reconciliation');
  const tEvidence = useTranslations('evidence');
  if (!listed) return null;
  const { rows, readAt } = listed;
  return (
    <Part title={tEvidence('rows.title')}>
      {rows.length === 0 && <p>{t(readAt ? 'candidates.none' : 'candidates.notRead')}</p>}
      <ul className="flex flex-col gap-2">
        {rows.map(({ isOwn, ...row }) => (
          <ProviderRow key={`${row.reference} ${row.amount} ${row.madeAt}`} row={row}>
            <Taken isOwn={isOwn} />
          </ProviderRow>
        ))}
      </ul>
      {readAt && (
        <p className="text-ink-3 text-sm">
          {t('candidates.readAt')} <Time at={readAt} />
        </p>
      )}
    </Part>
  );
}

function Receipts({ receipts }: Pick<CandidatesView, 'receipts'>) {
  const t = useTranslations('reconciliation');
  if (!receipts) return null;
  return (
    <Part title={t('candidates.receipts')}>
      {receipts.length === 0 && <p>{t('candidates.noReceipt')}</p>}
      <ul className="flex flex-col gap-2">
        {receipts.map((receipt) => (
          <Receipt key={receipt.txid} receipt={receipt} />
        ))}
      </ul>
    </Part>
  );
}

function Receipt({
  receipt: { txid, asset, amount, from, to, seenAt, isOwn },
}: {
  readonly receipt: ChainReceiptView;
}) {
  const t = useTranslations('reconciliation');
  return (
    <li className="flex flex-col gap-2 rounded-control border border-rule p-3">
      <span className="flex flex-wrap items-center gap-2">
        <AssetChip asset={asset} />
        <Amount value={amount} />
      </span>
      <Address text={txid} copyLabel={t('candidates.txid')} />
      <Facts
        rows={[
          [t('candidates.from'), <Address key="from" text={from} copyLabel={t('candidates.from')} />],
          [t('candidates.to'), <Address key="to" text={to} copyLabel={t('candidates.to')} />],
          [t('candidates.seenAt'), <Time key="at" at={seenAt} />],
        ]}
      />
      <Taken isOwn={isOwn} />
    </li>
  );
}

function Taken({ isOwn }: { readonly isOwn: boolean }) {
  const t = useTranslations('reconciliation');
  return isOwn ? <p className="text-sm">{t('candidates.own')}</p> : null;
}
