'use client';

import { type FormEvent, useState } from 'react';
import { Alone } from '#components/dual/alone.tsx';
import { textOf } from '#components/evidence/json.ts';
import { ReportedBody } from '#components/evidence/proposals.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { newIdempotencyKeys } from '#components/trpc/idempotency-key.ts';
import { usePendingWord } from '#components/trpc/use-pending-word.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Form } from '#components/ui/form.tsx';
import { isReference } from '#components/ui/identifiers.ts';
import { instantOf, zoneName } from '#components/ui/time-text.ts';
import type { Proposal } from '../panel/desk.ts';
import { Order } from './order.tsx';
import { type SheetProps, useDecision } from './use-decision.ts';

interface Reported {
  readonly reference: string;
  readonly paidAt: string;
}

/** A record of what the platform did outside, not a payment: two people say that the member was paid. */
export function ReportSheet({
  current,
  proposal,
  onClose,
  onOutcome,
  finalFocus,
}: SheetProps & { readonly proposal: Proposal | null }) {
  const t = useTranslations('withdrawals');
  const pending = usePendingWord();
  const offline = useOffline();
  const { zone } = usePreferences();
  const client = useTRPCClient();
  const [keyFor] = useState(newIdempotencyKeys);
  const [problems, setProblems] = useState({ reference: false, paidAt: false });
  const { decide, isSending, failure } = useDecision(current.id, onOutcome);

  const send = ({ reference, paidAt }: Reported) =>
    decide({
      send: async () => {
        const call = { id: current.id, reference, paidAt };
        const idempotencyKey = keyFor(JSON.stringify(call));
        const { decision } = await client.withdrawals.reportPaid.mutate({ ...call, idempotencyKey });
        return decision?.state === 'proposed' ? 'proposed' : 'reported';
      },
      arrived: ({ legs, timeline }) => {
        if (legs.some((leg) => leg.reportedBy && leg.reference === reference)) return 'reported';
        return timeline.length > current.timeline.length ? 'proposed' : null;
      },
    });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const theirs = proposal && saidIn(proposal);
    if (theirs) return send(theirs);
    const form = new FormData(event.currentTarget);
    const reference = `${form.get('reference') ?? ''}`.trim();
    const paidAt = instantOf(`${form.get('paidAt') ?? ''}`, zone);
    setProblems({ reference: !isReference(reference), paidAt: paidAt === null });
    if (isReference(reference) && paidAt) send({ reference, paidAt });
  };

  return (
    <Dialog title={t(proposal ? 'report.second' : 'report.first')} onClose={onClose} finalFocus={finalFocus}>
      <Form onSubmit={submit}>
        <div className="flex flex-col gap-4">
          <Order withdrawal={current} />
          <p className="text-ink-2">{t(proposal ? 'report.secondNext' : 'report.firstNext')}</p>
          {proposal ? (
            <ReportedBody proposal={proposal} />
          ) : (
            <>
              <Alone of="finance" />
              <TextField
                label={t('report.reference')}
                hint={t('report.referenceHint')}
                name="reference"
                charsMax={128}
                required
                problem={problems.reference ? t('report.referenceMissing') : null}
              />
              <TextField
                label={t('report.paidAt', { zone: zoneName(zone) })}
                name="paidAt"
                type="datetime-local"
                required
                problem={problems.paidAt ? t('report.paidAtMissing') : null}
              />
            </>
          )}
          {failure && <FailureNote failure={failure} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('approve.back')}</Button>
          <Button type="submit" look="primary" blockedBy={offline} aria-disabled={isSending}>
            {isSending ? pending : t(proposal ? 'report.confirm' : 'report.propose')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

function saidIn({ body }: Proposal): Reported | null {
  const reference = textOf(body, 'reference');
  const paidAt = textOf(body, 'paidAt');
  return reference && paidAt ? { reference, paidAt } : null;
}
