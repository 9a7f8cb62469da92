'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Alone } from '#components/dual/alone.tsx';
import { Theirs } from '#components/dual/theirs.tsx';
import { fieldOf } from '#components/evidence/json.ts';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { Choice, Choices } from '#components/ui/form.tsx';
import { ReasonSheet } from '#components/ui/reason-sheet.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { WalletBalances } from '#server/ledger/contract.ts';
import { type RotationSheetProps, useRotation } from './use-rotation.ts';

interface RotateSheetProps extends RotationSheetProps {
  /** A colleague's, which is confirmed as it stands; null for the first of two administrators. */
  readonly proposal: OpenDecisionView | null;
}

export function RotateSheet({ walletId, proposal, onClose, onOutcome }: RotateSheetProps) {
  const t = useTranslations('rotation');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [isMissing, setMissing] = useState(false);
  const balances = useQuery(trpc.ledger.walletBalances.queryOptions({ walletId }));
  const held = balances.data?.filter(holdsSomething) ?? [];
  const { decide, ...state } = useRotation(onOutcome);

  const submit = (note: string, form: FormData) => {
    const ticked = form.get('accept') === 'on';
    const acceptBalance = proposal ? fieldOf(proposal.body, 'acceptBalance') === true : ticked;
    const mustTick = held.length > 0 && !ticked;
    setMissing(mustTick);
    if (!balances.data || note === '' || mustTick) return;
    decide({
      send: async () => {
        const { state } = await client.wallets.rotateKey.mutate({ walletId, acceptBalance, note });
        return state === 'proposed' ? 'proposed' : 'rotated';
      },
      // What is shown below the sheet has been read again: it says what became of it.
      arrived: () => {
        const proposals = queries.getQueryData(trpc.decisions.open.queryKey({ subjectId: walletId }))?.proposals;
        if (proposals?.some((each) => each.note === note)) return 'proposed';
        return proposal && !proposals?.some(({ id }) => id === proposal.id) ? 'asked' : null;
      },
    });
  };

  return (
    <ReasonSheet
      {...state}
      title={t(proposal ? 'rotate.second' : 'rotate.first')}
      look={proposal ? 'danger' : 'primary'}
      words={{
        label: t('rotate.note'),
        missing: t('rotate.noteMissing'),
        confirm: t(proposal ? 'rotate.confirm' : 'propose'),
      }}
      blockedBy={balances.data ? null : t('rotate.balancesMissing')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(proposal ? 'rotate.secondNext' : 'rotate.firstNext')}</p>
      {proposal ? <Theirs proposal={proposal} /> : <Alone of="admin" />}
      {balances.isPending && <Loading rows={1} />}
      {balances.isError && !balances.data && <ErrorState error={balances.error} onRetry={balances.refetch} />}
      {balances.data && (held.length > 0 ? <Holdings held={held} missing={isMissing} /> : <p>{t('rotate.empty')}</p>)}
    </ReasonSheet>
  );
}

interface HoldingsProps {
  readonly held: WalletBalances;
  readonly missing: boolean;
}

/** Sweep first: a lost answer would lose what is in the wallet. */
function Holdings({ held, missing }: HoldingsProps) {
  const t = useTranslations('rotation');
  return (
    <>
      <Notice tone="danger" icon={TriangleAlert}>
        <p className="font-medium">{t('rotate.sweepFirst')}</p>
        <ul className="mt-1 flex flex-col gap-1">
          {held.map(({ asset, chain, available }) => (
            <li key={asset} className="flex items-center gap-2">
              <AssetChip asset={asset} />
              <Amount value={chain.startsWith('-') || chain === '0' ? available : chain} />
            </li>
          ))}
        </ul>
      </Notice>
      <Choices legend={t('rotate.acceptTitle')} problem={missing ? t('rotate.acceptMissing') : null}>
        <Choice type="checkbox" name="accept">
          {t('rotate.accept')}
        </Choice>
      </Choices>
    </>
  );
}

const holdsSomething = ({ available, held, inFlight, gas }: WalletBalances[number]): boolean =>
  [available, held, inFlight, gas].some((amount) => amount !== '0');
