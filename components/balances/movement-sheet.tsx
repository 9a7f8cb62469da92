'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Correction, CorrectionSheet, CreditCorrections } from '#components/corrections/credit-corrections.tsx';
import type { CorrectionOutcome } from '#components/corrections/use-correction.ts';
import { Facts } from '#components/evidence/part.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { decimalsOf } from '#components/ui/amount-text.ts';
import { AppLink } from '#components/ui/app-link.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import { ZonedTime } from '#components/ui/time.tsx';
import { withdrawalHref } from '#components/withdrawals/search.ts';
import type { LedgerTransactionView } from '#server/ledger/contract.ts';
import { useAccountName } from './use-account-name.ts';

interface MovementSheetProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** One movement with both its sides: debits and credits together are nothing. */
export function MovementSheet({ id, onClose }: MovementSheetProps) {
  const t = useTranslations('balances');
  const trpc = useTRPC();
  const movement = useQuery(trpc.ledger.transaction.queryOptions({ id }));
  const [correction, setCorrection] = useState<Correction | null>(null);
  const [outcome, setOutcome] = useState<CorrectionOutcome | null>(null);
  if (movement.data && correction) {
    return (
      <CorrectionSheet
        credit={movement.data}
        correction={correction}
        onClose={() => setCorrection(null)}
        onOutcome={(done) => {
          setOutcome(done);
          setCorrection(null);
        }}
      />
    );
  }
  return (
    <Dialog title={movement.data ? t(`kind.${movement.data.kind}`) : t('movement')} onClose={onClose}>
      {movement.isPending && <Loading rows={4} />}
      {movement.isError && !movement.data && <ErrorState error={movement.error} onRetry={movement.refetch} />}
      {movement.data && (
        <div className="flex flex-col gap-4">
          <Movement movement={movement.data} />
          {movement.data.kind === 'CREDIT' && (
            <CreditCorrections creditId={id} asset={movement.data.asset} outcome={outcome} onOpen={setCorrection} />
          )}
        </div>
      )}
    </Dialog>
  );
}

function Movement({ movement }: { readonly movement: LedgerTransactionView }) {
  const t = useTranslations('balances');
  const sourceWord = (source: string) => {
    const known = `sources.${source}` as 'sources.platform';
    return t.has(known) ? t(known) : source;
  };
  const { withdrawalId } = movement;
  return (
    <>
      <Facts
        rows={[
          [t('at'), <ZonedTime key="at" at={movement.at} />],
          movement.effectiveAt === movement.at
            ? null
            : [t('effectiveAt'), <ZonedTime key="effective" at={movement.effectiveAt} />],
          movement.reference ? [t('reference'), <code key="reference">{movement.reference}</code>] : null,
          movement.source ? [t('source'), sourceWord(movement.source)] : null,
          movement.reason ? [t('reason'), movement.reason] : null,
          withdrawalId
            ? [
                t('withdrawal'),
                <AppLink
                  key="withdrawal"
                  className="text-focus underline"
                  href={withdrawalHref('/withdrawals', { view: 'all', id: withdrawalId })}
                >
                  {withdrawalId}
                </AppLink>,
              ]
            : null,
          [
            t('id'),
            <span key="id" className="inline-flex items-start gap-1">
              <code>{movement.id}</code>
              <CopyButton text={movement.id} label={t('id')} />
            </span>,
          ],
        ]}
      />
      <LegTable movement={movement} />
    </>
  );
}

function LegTable({ movement: { legs, asset } }: { readonly movement: LedgerTransactionView }) {
  const t = useTranslations('balances');
  const nameOf = useAccountName();
  const decimals = decimalsOf(legs.map(({ amount }) => amount));
  const cell = (amount: string, side: 'debit' | 'credit') => {
    const isCredit = amount.startsWith('-');
    if (isCredit !== (side === 'credit')) return null;
    return <Amount value={isCredit ? amount.slice(1) : amount} decimals={decimals} />;
  };
  return (
    <table className="w-full">
      <caption className="mb-2 text-start font-medium text-ink-2 text-sm">
        {t('legs')} <AssetChip asset={asset} />
      </caption>
      <thead>
        <tr className="text-ink-3 text-sm">
          <th scope="col" className="text-start font-normal">
            {t('account')}
          </th>
          <th scope="col" className="text-end font-normal">
            {t('debit')}
          </th>
          <th scope="col" className="text-end font-normal">
            {t('credit')}
          </th>
        </tr>
      </thead>
      <tbody>
        {legs.map(({ account, amount }) => (
          <tr key={account} className="border-rule border-t">
            <th scope="row" className="py-1.5 pr-2 text-start font-normal">
              {nameOf(account)}
              <code className="block text-ink-3 text-xs [overflow-wrap:anywhere]">{account}</code>
            </th>
            <td className="text-end">{cell(amount, 'debit')}</td>
            <td className="text-end">{cell(amount, 'credit')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
