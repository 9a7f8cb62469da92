'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { Button } from '#components/ui/button.tsx';
import type { SecondFactorBegunView } from '#server/operators/contract.ts';
import { BeginForm } from './begin-form.tsx';
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
  const [begun, setBegun] = useState<SecondFactorBegunView | null>(null);
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
  if (!begun) return <BeginForm heading={heading} lead={lead ?? t('needed')} onBegun={setBegun} />;
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {heading}
      <NewKey begun={begun} />
      <p className="text-ink-2">{t('confirm')}</p>
      <CodeField ref={field} problem={confirm.error && refusalText(readFailure(confirm.error))} />
      <Button type="submit" look="primary" className="min-h-10" aria-disabled={confirm.isPending}>
        {confirm.isPending ? t('checking') : t('submit')}
      </Button>
    </form>
  );
}
