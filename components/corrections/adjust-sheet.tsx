'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Alone } from '#components/dual/alone.tsx';
import { Theirs } from '#components/dual/theirs.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { type IncidentSheetProps, useIncidentDecision } from '#components/incidents/use-incident-decision.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { ReasonSheet } from '#components/ui/reason-sheet.tsx';
import { ErrorState } from '#components/ui/states.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { IncidentDetailView } from '#server/resolution/contract.ts';
import { AdjustFields } from './adjust-fields.tsx';
import { AdjustLines } from './adjust-lines.tsx';
import { type AdjustmentProblems, adjustmentIn, readAdjustment } from './adjustment.ts';

interface AdjustSheetProps extends IncidentSheetProps {
  readonly incident: IncidentDetailView;
  /** A colleague's, which is confirmed as it stands; null for the first of two administrators. */
  readonly proposal: OpenDecisionView | null;
}

/** Puts a figure of the books right that no other booking puts right. The incident stays open. */
export function AdjustSheet({ incident, proposal, onClose, onOutcome }: AdjustSheetProps) {
  const t = useTranslations('corrections');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [problems, setProblems] = useState<AdjustmentProblems>({});
  const assets = useQuery(trpc.assets.list.queryOptions({}));
  const enabled = assets.data?.rows.filter((each) => each.enabled) ?? [];
  const theirs = proposal && adjustmentIn(proposal.body);
  const { decide, ...state } = useIncidentDecision(onOutcome);

  const submit = (note: string, form: FormData) => {
    const read = theirs ? { body: theirs, problems: {} } : readAdjustment(form, enabled);
    setProblems(read.problems);
    const { body } = read;
    if (note === '' || !body) return;
    decide({
      send: async () => {
        const { decision } = await client.ledger.adjust.mutate({ ...body, incidentId: incident.id, note });
        return decision.state === 'proposed' ? 'proposed' : 'adjusted';
      },
      arrived: () => {
        const open = queries.getQueryData(trpc.incidents.get.queryKey({ id: incident.id }))?.proposals;
        if (open?.some((each) => each.note === note)) return 'proposed';
        return proposal && open && !open.some(({ id }) => id === proposal.id) ? 'gone' : null;
      },
    });
  };

  return (
    <ReasonSheet
      {...state}
      title={t(proposal ? 'adjust.second' : 'adjust.first')}
      look={proposal ? 'danger' : 'primary'}
      words={{
        label: t('note'),
        hint: t('noteHint'),
        missing: t('noteMissing'),
        confirm: t(proposal ? 'adjust.confirm' : 'adjust.propose'),
      }}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="text-ink-2">{t(proposal ? 'adjust.secondNext' : 'adjust.firstNext')}</p>
      {!proposal && <Alone of="admin" />}
      {proposal && <Theirs proposal={proposal}>{theirs && <AdjustLines adjustment={theirs} />}</Theirs>}
      {!proposal && assets.isError && !assets.data && <ErrorState error={assets.error} onRetry={assets.refetch} />}
      {!proposal && <AdjustFields assets={enabled} suggested={incident} problems={problems} />}
    </ReasonSheet>
  );
}
