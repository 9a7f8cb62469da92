'use client';

import { type ReactNode, useRef } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import type { Failure } from '#components/trpc/failure.ts';
import { usePendingWord } from '#components/trpc/use-pending-word.ts';
import { Button } from './button.tsx';
import { Dialog, DialogActions } from './dialog.tsx';
import { FailureNote } from './failure-note.tsx';

interface AskSheetProps {
  readonly title: string;
  /** What the button says that does it. */
  readonly confirm: string;
  readonly isSending: boolean;
  readonly failure: Failure | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  /** What it is about, and what comes of it. */
  readonly children: ReactNode;
}

/** Asks once before something ends. */
export function AskSheet({ title, confirm, isSending, failure, onConfirm, onClose, children }: AskSheetProps) {
  const t = useTranslations('common');
  const pending = usePendingWord();
  const offline = useOffline();
  const button = useRef<HTMLButtonElement>(null);
  return (
    <Dialog title={title} onClose={onClose} initialFocus={button}>
      <div className="flex flex-col gap-4">
        {children}
        {failure && <FailureNote failure={failure} />}
      </div>
      <DialogActions>
        <Button onClick={onClose}>{t('back')}</Button>
        <Button
          ref={button}
          look="danger"
          blockedBy={offline}
          aria-disabled={isSending}
          onClick={() => !isSending && onConfirm()}
        >
          {isSending ? pending : confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
