'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import type { Failure } from '#components/trpc/failure.ts';
import { usePendingWord } from '#components/trpc/use-pending-word.ts';
import { Button, type ButtonProps } from './button.tsx';
import { Dialog, DialogActions } from './dialog.tsx';
import { FailureNote } from './failure-note.tsx';
import { TextArea } from './field.tsx';
import { Form } from './form.tsx';

/** Of the field; whoever opens the sheet has other names. */
const REASON = 'reason-text';

export interface ReasonSheetProps {
  readonly title: string;
  /** Of the text that has to be given, and of the button that sends it. */
  readonly words: {
    readonly label: string;
    readonly hint?: string;
    readonly missing: string;
    readonly confirm: string;
  };
  readonly look?: ButtonProps['look'];
  /** Why it cannot be sent yet. */
  readonly blockedBy?: string | null;
  readonly isSending: boolean;
  readonly failure: Failure | null;
  /** Called with an empty text too, so that every other field says at once what is wrong with it. */
  readonly onSubmit: (text: string, form: FormData) => void;
  readonly onClose: () => void;
  readonly finalFocus?: () => HTMLElement | null;
  /** What will happen and to what, and other fields, above the text. */
  readonly children: ReactNode;
}

/** An instruction that has to be explained in one's own words. */
export function ReasonSheet({ title, words, children, ...sheet }: ReasonSheetProps) {
  const t = useTranslations('common');
  const pending = usePendingWord();
  const offline = useOffline();
  const [isMissing, setMissing] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const written = `${fields.get(REASON) ?? ''}`.replace(/\r\n?/g, '\n').trim();
    setMissing(written === '');
    if (!sheet.isSending) sheet.onSubmit(written, fields);
  };
  return (
    <Dialog title={title} onClose={sheet.onClose} {...(sheet.finalFocus && { finalFocus: sheet.finalFocus })}>
      <Form onSubmit={submit}>
        <div className="flex flex-col gap-4">
          {children}
          <TextArea
            name={REASON}
            label={words.label}
            hint={words.hint}
            charsMax={500}
            required
            problem={isMissing ? words.missing : null}
          />
          {sheet.failure && <FailureNote failure={sheet.failure} />}
        </div>
        <DialogActions>
          <Button onClick={sheet.onClose}>{t('back')}</Button>
          <Button
            type="submit"
            look={sheet.look ?? 'primary'}
            blockedBy={offline ?? sheet.blockedBy}
            aria-disabled={sheet.isSending}
          >
            {sheet.isSending ? pending : words.confirm}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
