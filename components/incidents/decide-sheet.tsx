'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Alone } from '#components/dual/alone.tsx';
import { Theirs } from '#components/dual/theirs.tsx';
import { fieldOf, textOf } from '#components/evidence/json.ts';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { readTypedAmount } from '#components/ui/amount-text.ts';
import { Notice } from '#components/ui/badge.tsx';
import { ReasonSheet } from '#components/ui/reason-sheet.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { IncidentDecision } from '#server/incidents/statuses.ts';
import { LEDGER_SCALE } from '#server/kernel/scale.ts';
import type { IncidentDecideInput, IncidentDetailView } from '#server/resolution/contract.ts';
import { UnsettleFields, type UnsettleProblem } from './unsettle-fields.tsx';
import { type IncidentSheetProps, useIncidentDecision } from './use-incident-decision.ts';

interface DecideSheetProps extends IncidentSheetProps {
  readonly incident: IncidentDetailView;
  readonly decision: IncidentDecision;
  /** A colleague's, which is confirmed as it stands; null for the first of two people. */
  readonly proposal: OpenDecisionView | null;
}

export function DecideSheet({ incident, decision, proposal, onClose, onOutcome }: DecideSheetProps) {
  const t = useTranslations('incidents');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<UnsettleProblem | null>(null);
  const assets = useQuery(trpc.assets.list.queryOptions({}));
  const scale = assets.data?.rows.find(({ asset }) => asset === incident.asset)?.scale ?? LEDGER_SCALE;
  const { decide, ...state } = useIncidentDecision(onOutcome);

  const submit = (note: string, form: FormData) => {
    const read = bodyOf({ decision, proposal, form, scale });
    setProblem('problem' in read ? read.problem : null);
    if (note === '' || 'problem' in read) return;
    decide({
      send: async () => {
        const input = { id: incident.id, note, ...read.body } as IncidentDecideInput;
        const done = await client.incidents.decide.mutate(input);
        return done.decision.state === 'proposed' ? 'proposed' : 'settled';
      },
      arrived: () => {
        const now = queries.getQueryData(trpc.incidents.get.queryKey({ id: incident.id }));
        if (now?.closedAt && now.note === note) return 'settled';
        return now?.proposals.some((each) => each.note === note) ? 'proposed' : null;
      },
    });
  };

  return (
    <ReasonSheet
      {...state}
      title={t(`decision.${decision}.name`)}
      words={{
        label: t('note'),
        hint: t('noteHint'),
        missing: t('noteMissing'),
        confirm: t(proposal ? 'confirm' : 'propose'),
      }}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(`decision.${decision}.next`)}</p>
      {decision !== 'adopt' && incident.sendsAgain && (
        <Notice tone="warning" icon={TriangleAlert}>
          {t(`sendsAgain.${incident.sendsAgain}`)}{' '}
          {incident.decisions.some((each) => each.decision === 'adopt') &&
            t('sendsAgain.instead', { adopt: t('decision.adopt.name') })}
        </Notice>
      )}
      <p className="text-ink-2">{t(proposal ? 'second' : 'first')}</p>
      {!proposal && <Alone of="finance" />}
      {proposal && (
        <Theirs proposal={proposal}>
          {decision === 'unsettle' && <p>{t(coinsAreBack(proposal) ? 'unsettle.back' : 'unsettle.owed')}</p>}
        </Theirs>
      )}
      {decision === 'unsettle' && !proposal && <UnsettleFields problem={problem} />}
    </ReasonSheet>
  );
}

const coinsAreBack = ({ body }: OpenDecisionView): boolean => fieldOf(body, 'coinsBack') === true;

interface Typed {
  readonly decision: IncidentDecision;
  readonly proposal: OpenDecisionView | null;
  readonly form: FormData;
  readonly scale: number;
}

/** What both must say alike. The second person says what the first said, to the letter. */
function bodyOf({ decision, proposal, form, scale }: Typed): { body: object } | { problem: UnsettleProblem } {
  if (decision !== 'unsettle') return { body: { decision } };
  if (proposal) {
    const back = textOf(proposal.body, 'back');
    return { body: { decision, coinsBack: coinsAreBack(proposal), ...(back && { back }) } };
  }
  const where = form.get('coins');
  if (where !== 'back' && where !== 'owed') return { problem: 'choose' };
  const typed = `${form.get('back') ?? ''}`.trim();
  if (where === 'owed' || typed === '') return { body: { decision, coinsBack: where === 'back' } };
  const back = readTypedAmount(typed, scale);
  return 'problem' in back ? { problem: 'amount' } : { body: { decision, coinsBack: true, back: back.text } };
}
