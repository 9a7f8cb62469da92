'use client';

import { type ReactNode, useRef } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { usePendingWord } from '#components/trpc/use-pending-word.ts';
import { Button, type ButtonProps } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { StopNotice } from '../panel/stop-notice.tsx';
import { Order } from './order.tsx';
import { type Decision, type SheetProps, useDecision } from './use-decision.ts';

interface PlainSheetProps extends SheetProps {
  readonly title: string;
  readonly lead: ReactNode;
  readonly confirm: string;
  readonly look?: ButtonProps['look'];
  readonly decision: Decision;
  /** Whether it would be sent after it: then whatever stops that is said. */
  readonly sends?: boolean;
}

/** A decision that needs no words: the order once more, what comes of it, and one labelled button. */
export function PlainSheet({ current, onClose, onOutcome, finalFocus, ...sheet }: PlainSheetProps) {
  const t = useTranslations('withdrawals');
  const pending = usePendingWord();
  const offline = useOffline();
  const confirm = useRef<HTMLButtonElement>(null);
  const { decide, isSending, failure } = useDecision(current.id, onOutcome);
  return (
    <Dialog title={sheet.title} onClose={onClose} initialFocus={confirm} finalFocus={finalFocus}>
      <div className="flex flex-col gap-4">
        <Order withdrawal={current} />
        <p className="text-ink-2">{sheet.lead}</p>
        {sheet.sends && <StopNotice withdrawal={current} />}
        {failure && <FailureNote failure={failure} />}
      </div>
      <DialogActions>
        <Button onClick={onClose}>{t('approve.back')}</Button>
        <Button
          ref={confirm}
          look={sheet.look ?? 'primary'}
          blockedBy={offline}
          aria-disabled={isSending}
          onClick={() => decide(sheet.decision)}
        >
          {isSending ? pending : sheet.confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
