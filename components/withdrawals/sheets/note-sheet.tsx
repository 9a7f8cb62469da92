'use client';

import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Button, type ButtonProps } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { TextArea } from '#components/ui/field.tsx';
import { Order } from './order.tsx';
import { type Decision, type SheetProps, useDecision } from './use-decision.ts';

interface NoteSheetProps extends SheetProps {
  readonly title: string;
  /** What will happen, and what will not. */
  readonly lead: string;
  /** Of the text that has to be given, and of the button that sends it. */
  readonly words: {
    readonly label: string;
    readonly hint?: string;
    readonly missing: string;
    readonly confirm: string;
  };
  readonly look?: ButtonProps['look'];
  /** Null where another field is not filled in; that field then says so. */
  readonly decisionOf: (text: string, form: FormData) => Decision | null;
  /** Other fields, above the text. */
  readonly children?: ReactNode;
}

/** A decision that has to be explained: the order once more, what comes of it, and the reason in one's own words. */
export function NoteSheet({ current, onClose, onOutcome, finalFocus, words, ...sheet }: NoteSheetProps) {
  const t = useTranslations('withdrawals');
  const text = useRef<HTMLTextAreaElement>(null);
  const [isMissing, setMissing] = useState(false);
  const { decide, isSending, failure } = useDecision(current.id, onOutcome);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = text.current?.value.trim() ?? '';
    setMissing(written === '');
    const decision = sheet.decisionOf(written, new FormData(event.currentTarget));
    if (written === '') return text.current?.focus();
    if (decision) decide(decision);
  };

  return (
    <Dialog title={sheet.title} onClose={onClose} finalFocus={finalFocus}>
      <form onSubmit={submit} noValidate>
        <div className="flex flex-col gap-4">
          <Order withdrawal={current} />
          <p className="text-ink-2">{sheet.lead}</p>
          {sheet.children}
          <TextArea
            ref={text}
            label={words.label}
            hint={words.hint}
            maxLength={500}
            required
            problem={isMissing ? words.missing : null}
          />
          {failure && <FailureNote failure={failure} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('approve.back')}</Button>
          <Button type="submit" look={sheet.look ?? 'primary'} aria-disabled={isSending}>
            {isSending ? t('decision.sending') : words.confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
