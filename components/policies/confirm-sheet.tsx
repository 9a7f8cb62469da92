'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { useSending } from '#components/trpc/use-sending.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { ReasonSheet } from '#components/ui/reason-sheet.tsx';
import { ZonedTime } from '#components/ui/time.tsx';
import type { PolicyProposalView, PolicyVersionView } from '#server/policies/contract.ts';
import { Loosened } from './loosened.tsx';
import { PolicyDiff } from './policy-text.tsx';

interface ConfirmSheetProps {
  readonly newest: PolicyVersionView;
  readonly proposal: PolicyProposalView;
  readonly onClose: () => void;
}

/** The second administrator confirms exactly what the first one proposed. */
export function ConfirmSheet({ newest, proposal, onClose }: ConfirmSheetProps) {
  const t = useTranslations('policies');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const { decide, ...state } = useSending<'confirmed' | 'gone'>({
    reread: () => queries.invalidateQueries({ queryKey: trpc.policies.pathKey() }),
    overtaken: { codes: ['decision.not_found'], outcome: 'gone' },
    onOutcome: (outcome) => {
      announce(t(outcome === 'gone' ? 'confirm.gone' : 'confirm.done'));
      onClose();
    },
  });
  const submit = (note: string) => {
    if (note === '') return;
    decide({
      send: async () => {
        await client.policies.confirm.mutate({ id: proposal.id, note });
        return 'confirmed';
      },
      arrived: () => {
        const now = queries.getQueryData(trpc.policies.current.queryKey({}));
        return now && now.proposal?.id !== proposal.id ? 'gone' : null;
      },
    });
  };
  return (
    <ReasonSheet
      {...state}
      title={t('confirm.title')}
      words={{ label: t('confirm.note'), hint: t('kept'), missing: t('noteMissing'), confirm: t('confirm.confirm') }}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="[overflow-wrap:anywhere]">
        {t('confirm.theirs', { name: proposal.proposedBy.name, note: proposal.note })}
      </p>
      <PolicyDiff before={newest.rules} after={proposal.rules} />
      <Loosened loosenings={proposal.loosenings} />
      <p>
        {t('confirm.takesEffect')} <ZonedTime at={proposal.wouldTakeEffect} />
      </p>
    </ReasonSheet>
  );
}
