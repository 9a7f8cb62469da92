'use client';

import { useRef } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { Order } from './order.tsx';
import { type SheetProps, useDecision } from './use-decision.ts';

export function CancelSheet({ current, onClose, onOutcome, finalFocus }: SheetProps) {
  const t = useTranslations('withdrawals');
  const client = useTRPCClient();
  const confirm = useRef<HTMLButtonElement>(null);
  const { decide, isSending, failure } = useDecision(current.id, onOutcome);
  const cancel = () =>
    decide({
      note: 'cancelled',
      send: () => client.withdrawals.cancel.mutate({ id: current.id }),
      arrived: (now) => now.status === 'cancelled',
    });
  return (
    <Dialog title={t('cancel.title')} onClose={onClose} initialFocus={confirm} finalFocus={finalFocus}>
      <div className="flex flex-col gap-4">
        <Order withdrawal={current} />
        <p className="text-ink-2">{t('cancel.next')}</p>
        {failure && <FailureNote failure={failure} />}
      </div>
      <DialogActions>
        <Button onClick={onClose}>{t('approve.back')}</Button>
        <Button ref={confirm} look="danger" aria-disabled={isSending} onClick={cancel}>
          {isSending ? t('decision.sending') : t('cancel.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
