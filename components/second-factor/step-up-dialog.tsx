'use client';

import { type FormEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { stepUp, type WaitingAction } from '#components/trpc/step-up.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { CodeField } from './code-field.tsx';
import { SubjectInQuestion } from './subject-in-question.tsx';
import { useRefusalText } from './use-refusal-text.ts';
import { useStepUp } from './use-step-up.ts';

export function StepUpDialog({ waiting }: { readonly waiting: WaitingAction }) {
  const t = useTranslations('secondFactor');
  const refusalText = useRefusalText();
  const field = useRef<HTMLInputElement>(null);
  const { askPasskey, giveCode, isPending, failure } = useStepUp(waiting, () => stepUp.answer(true));
  // A passkey asks by itself; whoever has none, or puts it away, types a code.
  useEffect(() => askPasskey(), [askPasskey]);
  useEffect(() => {
    if (failure) field.current?.select();
  }, [failure]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isPending) giveCode(String(new FormData(event.currentTarget).get('code')).trim());
  };
  // Escape closes this one, not the sheet that waits behind it as well.
  const keepEscape = (event: KeyboardEvent) => {
    if (event.code !== 'Escape') return;
    event.nativeEvent.stopPropagation();
    stepUp.answer(false);
  };
  return (
    <Dialog title={t('stepUpTitle')} onClose={() => stepUp.answer(false)}>
      <form onSubmit={submit} onKeyDown={keepEscape} className="flex flex-col gap-4">
        <div className="flex flex-col gap-2 rounded-control bg-ground px-3 py-2">
          <p className="font-medium">{t(`action.${waiting.action}` as 'action.withdrawals.approve')}</p>
          <SubjectInQuestion waiting={waiting} />
        </div>
        <p className="text-ink-2">{t('stepUpExplain')}</p>
        <CodeField ref={field} problem={failure && refusalText(failure)} />
        <DialogActions>
          <Button onClick={() => stepUp.answer(false)}>{t('stepUpCancel')}</Button>
          <Button type="submit" look="primary" aria-disabled={isPending}>
            {isPending ? t('checking') : t('submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
