'use client';

import { Info } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { LocaleSelect, ThemeSelect } from '#components/shell/preference-controls.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import { type SignInProblem, signIn } from './sign-in.ts';

interface SignInFormProps {
  readonly next: string;
  /** Somebody was signed in here and is no longer. */
  readonly hasEnded: boolean;
}

export function SignInForm({ next, hasEnded }: SignInFormProps) {
  const t = useTranslations('signIn');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const password = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    const found = await signIn(String(form.get('email')), String(form.get('password')));
    // A whole new page: the server decides from the new session what this operator sees.
    if (!found) return window.location.assign(next);
    setBusy(false);
    setProblem(found);
    password.current?.select();
  };

  return (
    // Sent before this page woke up, the password must not end up in an address.
    <form
      method="post"
      onSubmit={(event) => void submit(event)}
      className="flex w-full max-w-[400px] flex-col gap-4 rounded-dialog border border-rule bg-surface p-6"
    >
      <h1 className="font-semibold text-xl">{t('title')}</h1>
      {hasEnded && (
        <Notice tone="info" icon={Info}>
          {t('ended')}
        </Notice>
      )}
      <TextField label={t('email')} name="email" type="email" autoComplete="username" required maxLength={254} />
      <TextField
        ref={password}
        label={t('password')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        maxLength={128}
        problem={
          problem && t(`problems.${problem.kind}`, problem.kind === 'too_many' ? { minutes: problem.minutes } : {})
        }
      />
      <Button type="submit" look="primary" className="min-h-10" aria-disabled={busy}>
        {busy ? t('checking') : t('submit')}
      </Button>
      <PasskeyButton next={next} />
      <p className="text-ink-3 text-sm">{t('noAccount')}</p>
      <div className="grid grid-cols-2 gap-3 border-rule border-t pt-4">
        <LocaleSelect />
        <ThemeSelect />
      </div>
    </form>
  );
}
