'use client';

import { type FormEvent, useRef, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { TextArea } from '#components/ui/field.tsx';
import { Order } from './order.tsx';
import { type SheetProps, useDecision } from './use-decision.ts';

export function RejectSheet({ current, onClose, onOutcome, finalFocus }: SheetProps) {
  const t = useTranslations('withdrawals');
  const client = useTRPCClient();
  const reason = useRef<HTMLTextAreaElement>(null);
  const [isMissing, setMissing] = useState(false);
  const { decide, isSending, failure } = useDecision(current.id, onOutcome);

  const reject = (event: FormEvent) => {
    event.preventDefault();
    const text = reason.current?.value.trim() ?? '';
    setMissing(text === '');
    if (text === '') return reason.current?.focus();
    decide({
      note: 'rejected',
      send: () => client.withdrawals.reject.mutate({ id: current.id, reason: text }),
      arrived: (now) => now.status === 'rejected',
    });
  };

  return (
    <Dialog title={t('reject.title')} onClose={onClose} initialFocus={reason} finalFocus={finalFocus}>
      <form onSubmit={reject} noValidate>
        <div className="flex flex-col gap-4">
          <Order withdrawal={current} />
          <p className="text-ink-2">{t('reject.next')}</p>
          <TextArea
            ref={reason}
            label={t('reject.reason')}
            hint={t('reject.reasonHint')}
            maxLength={500}
            required
            problem={isMissing ? t('reject.missing') : null}
          />
          {failure && <FailureNote failure={failure} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('approve.back')}</Button>
          <Button type="submit" look="danger" aria-disabled={isSending}>
            {isSending ? t('decision.sending') : t('reject.confirm')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
