'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { fieldOf, textOf } from '#components/evidence/json.ts';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { readTypedAmount } from '#components/ui/amount-text.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { TextArea } from '#components/ui/field.tsx';
import { Age } from '#components/ui/time.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { IncidentDecision } from '#server/incidents/statuses.ts';
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
  const tDual = useTranslations('dual');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const text = useRef<HTMLTextAreaElement>(null);
  const [problems, setProblems] = useState<{ note?: true; unsettle?: UnsettleProblem }>({});
  const assets = useQuery(trpc.assets.list.queryOptions({}));
  const scale = assets.data?.rows.find(({ asset }) => asset === incident.asset)?.scale ?? 18;
  const { decide, isSending, failure } = useIncidentDecision(onOutcome);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = text.current?.value.trim() ?? '';
    const read = bodyOf({ decision, proposal, form: new FormData(event.currentTarget), scale });
    setProblems({ ...(note === '' && { note: true }), ...('problem' in read && { unsettle: read.problem }) });
    if (note === '') return text.current?.focus();
    if ('problem' in read) return;
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
    <Dialog title={t(`decision.${decision}.name`)} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <div className="flex flex-col gap-4">
          <p>{t(`decision.${decision}.next`)}</p>
          <p className="text-ink-2">{t(proposal ? 'second' : 'first')}</p>
          {proposal && (
            <div className="flex flex-col gap-1 rounded-control bg-ground px-3 py-2">
              <p className="font-medium">
                {tDual('theirs', { name: proposal.proposedBy.name })} <Age at={proposal.proposedAt} />
              </p>
              <p className="[overflow-wrap:anywhere]">{tDual('note', { note: proposal.note })}</p>
              {decision === 'unsettle' && <p>{t(coinsAreBack(proposal) ? 'unsettle.back' : 'unsettle.owed')}</p>}
            </div>
          )}
          {decision === 'unsettle' && !proposal && <UnsettleFields problem={problems.unsettle ?? null} />}
          <TextArea
            ref={text}
            label={t('note')}
            hint={t('noteHint')}
            maxLength={500}
            required
            problem={problems.note ? t('noteMissing') : null}
          />
          {failure && <FailureNote failure={failure} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('back')}</Button>
          <Button type="submit" look="primary" aria-disabled={isSending}>
            {isSending ? t('sending') : t(proposal ? 'confirm' : 'propose')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
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
