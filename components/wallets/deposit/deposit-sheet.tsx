'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Alone } from '#components/dual/alone.tsx';
import { Theirs } from '#components/dual/theirs.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { ReasonSheet } from '#components/ui/reason-sheet.tsx';
import { ErrorState } from '#components/ui/states.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import { type DepositProblems, depositIn, readDeposit } from './deposit.ts';
import { DepositFields, DepositLine } from './deposit-fields.tsx';
import { type DepositSheetProps, useDeposit } from './use-deposit.ts';

/** Books what the company paid into the wallet, so that it never becomes the member's. */
export function DepositSheet({
  walletId,
  proposal,
  onClose,
  onOutcome,
}: DepositSheetProps & {
  /** A colleague's, which is confirmed as it stands; null for the first of two people. */
  readonly proposal: OpenDecisionView | null;
}) {
  const t = useTranslations('walletDeposit');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [problems, setProblems] = useState<DepositProblems>({});
  const assets = useQuery(trpc.assets.list.queryOptions({}));
  const onChain = assets.data?.rows.filter(({ chain, enabled }) => chain === 'bsc' && enabled) ?? [];
  const theirs = proposal && depositIn(proposal.body);
  const { decide, ...state } = useDeposit(onOutcome);

  const submit = (note: string, form: FormData) => {
    const read = theirs ? { body: theirs, problems: {} } : readDeposit(form, onChain);
    setProblems(read.problems);
    const { body } = read;
    if (note === '' || !body) return;
    decide({
      send: async () => {
        const { state } = await client.wallets.bookDeposit.mutate({ walletId, ...body, note });
        return state === 'proposed' ? 'proposed' : 'booked';
      },
      arrived: () => {
        const open = queries.getQueryData(trpc.decisions.open.queryKey({ subjectId: walletId }))?.proposals;
        if (open?.some((each) => each.note === note)) return 'proposed';
        return proposal && open && !open.some(({ id }) => id === proposal.id) ? 'gone' : null;
      },
    });
  };

  return (
    <ReasonSheet
      {...state}
      title={t(proposal ? 'second' : 'first')}
      look={proposal ? 'danger' : 'primary'}
      words={{ label: t('note'), missing: t('noteMissing'), confirm: t(proposal ? 'confirm' : 'propose') }}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="text-ink-2">{t(proposal ? 'secondNext' : 'firstNext')}</p>
      {proposal ? (
        <Theirs proposal={proposal}>{theirs && <DepositLine deposit={theirs} />}</Theirs>
      ) : (
        <Alone of="finance" />
      )}
      {!proposal && assets.isError && !assets.data && <ErrorState error={assets.error} onRetry={assets.refetch} />}
      {!proposal && <DepositFields assets={onChain} problems={problems} />}
    </ReasonSheet>
  );
}
