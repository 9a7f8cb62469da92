'use client';

import { type FormEvent, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { usePendingWord } from '#components/trpc/use-pending-word.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { TextArea, TextField } from '#components/ui/field.tsx';
import { Form } from '#components/ui/form.tsx';
import { type SheetProps, useDecision } from '#components/withdrawals/sheets/use-decision.ts';
import { attemptInDoubt } from '../candidates.ts';
import { useEvidence } from '../use-evidence.ts';

const TEXT_CHARS_MAX = 8_000;

/** What a person found elsewhere, in words or as links; kept for ever and shown to both who decide. */
export function AttachSheet({ current, onClose, onOutcome, finalFocus }: SheetProps) {
  const t = useTranslations('evidence');
  const tWithdrawals = useTranslations('withdrawals');
  const pending = usePendingWord();
  const offline = useOffline();
  const client = useTRPCClient();
  const [missing, setMissing] = useState({ name: false, text: false });
  const attempt = attemptInDoubt(useEvidence(current.id).data?.attempts ?? []);
  const { decide, isSending, failure } = useDecision(current.id, onOutcome);

  const attach = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const name = `${fields.get('name') ?? ''}`.trim();
    // A textarea's line breaks are sent as two characters.
    const text = `${fields.get('text') ?? ''}`.replace(/\r\n?/g, '\n').trim();
    setMissing({ name: name === '', text: text === '' });
    if (!name || !text || !attempt) return;
    decide({
      send: async () => {
        await client.withdrawals.attachEvidence.mutate({ id: current.id, attemptId: attempt.id, name, text });
        return 'attached';
      },
      arrived: ({ timeline }) =>
        timeline.some(({ action, reason }) => action === 'withdrawal.evidence_attached' && reason === name)
          ? 'attached'
          : null,
    });
  };

  return (
    <Dialog title={t('attach.title')} onClose={onClose} finalFocus={finalFocus}>
      <Form onSubmit={attach}>
        <div className="flex flex-col gap-4">
          <p className="text-ink-2">{t('attach.lead')}</p>
          <TextField
            label={t('attach.name')}
            name="name"
            charsMax={120}
            required
            problem={missing.name ? t('attach.nameMissing') : null}
          />
          <TextArea
            label={t('attach.text')}
            hint={t('attach.textHint')}
            name="text"
            rows={6}
            charsMax={TEXT_CHARS_MAX}
            required
            problem={missing.text ? t('attach.textMissing') : null}
          />
          {failure && <FailureNote failure={failure} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{tWithdrawals('approve.back')}</Button>
          <Button type="submit" look="primary" blockedBy={offline} aria-disabled={isSending}>
            {isSending ? pending : t('action.attach')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
