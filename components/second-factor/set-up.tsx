'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { Button } from '#components/ui/button.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { CodeField } from './code-field.tsx';
import { NewKey } from './new-key.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { useRefusalText } from './use-refusal-text.ts';

interface SetUpProps {
  readonly onDone: () => void;
  /** In a sheet, which has a heading of its own: why one would. */
  readonly lead?: string;
}

/** Registers an authenticator app: the key, a first code, and the recovery codes that are shown once. */
export function SetUp({ onDone, lead }: SetUpProps) {
  const t = useTranslations('secondFactor');
  const trpc = useTRPC();
  const begin = useMutation(trpc.secondFactor.begin.mutationOptions());
  const confirm = useMutation(trpc.secondFactor.confirm.mutationOptions({ onError: () => field.current?.select() }));
  const field = useRef<HTMLInputElement>(null);
  const refusalText = useRefusalText();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code')).trim();
    if (!confirm.isPending) confirm.mutate({ code });
  };
  const heading = lead === undefined && <h1 className="font-semibold text-xl">{t('setUpTitle')}</h1>;
  if (confirm.data) return <RecoveryCodes codes={confirm.data.recoveryCodes} onDone={onDone} level={lead ? 3 : 1} />;
  if (!begin.data) {
    return (
      <div className="flex flex-col gap-4">
        {heading}
        <p className="text-ink-2">{lead ?? t('needed')}</p>
        {begin.error && <FailureNote failure={readFailure(begin.error)} isHarmless />}
        <Button look="primary" className="min-h-10" aria-disabled={begin.isPending} onClick={() => begin.mutate({})}>
          {t('start')}
        </Button>
      </div>
    );
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {heading}
      <NewKey begun={begin.data} />
      <p className="text-ink-2">{t('confirm')}</p>
      <CodeField ref={field} problem={confirm.error && refusalText(readFailure(confirm.error))} />
      <Button type="submit" look="primary" className="min-h-10" aria-disabled={confirm.isPending}>
        {confirm.isPending ? t('checking') : t('submit')}
      </Button>
    </form>
  );
}
