'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Alone } from '#components/dual/alone.tsx';
import { Theirs } from '#components/dual/theirs.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { ReasonSheet } from '#components/ui/reason-sheet.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { LedgerTransactionView } from '#server/ledger/contract.ts';
import { creditedBy, type ReverseProblems, readReversal, reversalIn } from './reversal.ts';
import { ReversalLine, ReverseFields } from './reverse-fields.tsx';
import { type CorrectionOutcome, useCorrection } from './use-correction.ts';

interface ReverseSheetProps {
  readonly credit: LedgerTransactionView;
  /** A colleague's, which is confirmed as it stands; null for the first of two administrators. */
  readonly proposal: OpenDecisionView | null;
  readonly onClose: () => void;
  readonly onOutcome: (outcome: CorrectionOutcome) => void;
}

/** Takes back a credit that was wrong. What the member has no longer, they owe. */
export function ReverseSheet({ credit, proposal, onClose, onOutcome }: ReverseSheetProps) {
  const t = useTranslations('corrections');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [problems, setProblems] = useState<ReverseProblems>({});
  const theirs = proposal && reversalIn(proposal);
  const { decide, ...state } = useCorrection(onOutcome);
  const proposals = () => queries.getQueryData(trpc.decisions.open.queryKey({ subjectId: credit.id }))?.proposals;

  const submit = (note: string, form: FormData) => {
    const read = theirs ? { body: theirs, problems: {} } : readReversal(form);
    setProblems(read.problems);
    const { body } = read;
    if (note === '' || !body) return;
    decide({
      send: async () => {
        const { decision } = await client.ledger.takeBack.mutate({ transactionId: credit.id, ...body, note });
        return decision.state === 'proposed' ? 'proposed' : 'reversed';
      },
      arrived: () => {
        if (proposals()?.some((each) => each.note === note)) return 'proposed';
        return proposal && proposals()?.every(({ id }) => id !== proposal.id) ? 'gone' : null;
      },
    });
  };

  return (
    <ReasonSheet
      {...state}
      title={t(proposal ? 'reverse.second' : 'reverse.first')}
      look={proposal ? 'danger' : 'primary'}
      words={{
        label: t('note'),
        hint: t('noteHint'),
        missing: t('noteMissing'),
        confirm: t(proposal ? 'reverse.confirm' : 'reverse.propose'),
      }}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium [overflow-wrap:anywhere]">{credit.memberId}</span>
        <AssetChip asset={credit.asset} />
        <Amount value={creditedBy(credit)} />
      </p>
      <p className="text-ink-2">{t(proposal ? 'reverse.secondNext' : 'reverse.firstNext')}</p>
      {!proposal && <Alone of="admin" />}
      {proposal && (
        <Theirs proposal={proposal}>{theirs && <ReversalLine asset={credit.asset} reversal={theirs} />}</Theirs>
      )}
      {!proposal && <ReverseFields asset={credit.asset} given={creditedBy(credit)} problems={problems} />}
    </ReasonSheet>
  );
}
