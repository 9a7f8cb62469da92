'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { CodeField } from './code-field.tsx';
import { useRefusalText } from './use-refusal-text.ts';

/** The second step of signing in: a code of the app, or a recovery code when the phone is gone. */
export function CodeForm({ next }: { readonly next: string }) {
  const t = useTranslations('secondFactor');
  const trpc = useTRPC();
  const refusalText = useRefusalText();
  const [recovers, setRecovers] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const verify = useMutation(
    trpc.secondFactor.verify.mutationOptions({
      // A whole new page: the server decides from the new session what this operator sees.
      onSuccess: () => window.location.assign(next),
      onError: () => field.current?.select(),
    }),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another field is there after the switch
  useEffect(() => field.current?.focus(), [recovers]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get(recovers ? 'recoveryCode' : 'code')).trim();
    if (!verify.isPending) verify.mutate(recovers ? { recoveryCode: text } : { code: text });
  };
  const problem = verify.error && refusalText(readFailure(verify.error));
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <h1 className="font-semibold text-xl">{t('title')}</h1>
      {recovers ? (
        <TextField
          ref={field}
          label={t('recoveryCode')}
          hint={t('recoveryHint')}
          name="recoveryCode"
          required
          minLength={16}
          maxLength={40}
          problem={problem}
        />
      ) : (
        <>
          <p className="text-ink-2">{t('explain')}</p>
          <CodeField ref={field} problem={problem} />
        </>
      )}
      <Button type="submit" look="primary" className="min-h-10" aria-disabled={verify.isPending}>
        {verify.isPending ? t('checking') : t('submit')}
      </Button>
      <Button
        look="quiet"
        onClick={() => {
          verify.reset();
          setRecovers(!recovers);
        }}
      >
        {recovers ? t('useApp') : t('useRecovery')}
      </Button>
    </form>
  );
}
