'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Alone } from '#components/dual/alone.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { useSending } from '#components/trpc/use-sending.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { ReasonSheet } from '#components/ui/reason-sheet.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';

export type ResumeOutcome = 'proposed' | 'resumed';

interface ResumeSheetProps {
  readonly walletId: string;
  /** A colleague's, which is confirmed as it stands; null for the first of two people. */
  readonly proposal: OpenDecisionView | null;
  readonly onClose: () => void;
  readonly onOutcome: (outcome: ResumeOutcome) => void;
}

export function ResumeSheet({ walletId, proposal, onClose, onOutcome }: ResumeSheetProps) {
  const t = useTranslations('walletPause');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const { decide, ...state } = useSending<ResumeOutcome>({
    reread: () => {
      const changed = [trpc.wallets.get.pathKey(), trpc.decisions.pathKey()];
      return Promise.all(changed.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    overtaken: { codes: ['wallet.not_paused'], outcome: 'resumed' },
    onOutcome: (outcome) => {
      announce(t(`done.${outcome}`));
      onOutcome(outcome);
    },
  });
  const submit = (note: string) => {
    if (note === '') return;
    decide({
      send: async () => {
        const { state } = await client.wallets.resume.mutate({ walletId, note });
        return state === 'proposed' ? 'proposed' : 'resumed';
      },
      arrived: () => {
        const wallet = queries.getQueryData(trpc.wallets.get.queryKey({ id: walletId }));
        if (wallet?.status === 'active') return 'resumed';
        const open = queries.getQueryData(trpc.decisions.open.queryKey({ subjectId: walletId }))?.proposals;
        return open?.some((each) => each.note === note) ? 'proposed' : null;
      },
    });
  };
  return (
    <ReasonSheet
      {...state}
      title={t(proposal ? 'second' : 'first')}
      words={{ label: t('note'), missing: t('noteMissing'), confirm: t(proposal ? 'confirm' : 'propose') }}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(proposal ? 'secondNext' : 'firstNext')}</p>
      {!proposal && <Alone of="finance" />}
    </ReasonSheet>
  );
}
