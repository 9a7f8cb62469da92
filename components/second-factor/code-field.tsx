'use client';

import type { Ref } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { TextField } from '#components/ui/field.tsx';

interface CodeFieldProps {
  readonly ref?: Ref<HTMLInputElement>;
  readonly problem?: string | null | undefined;
}

/** Six digits of an authenticator app; a phone shows its number keys and offers what it received. */
export function CodeField({ ref, problem }: CodeFieldProps) {
  const t = useTranslations('secondFactor');
  return (
    <TextField
      ref={ref}
      label={t('code')}
      hint={t('codeHint')}
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="[0-9]{6}"
      maxLength={6}
      required
      problem={problem}
      className="max-w-40 font-mono tracking-widest"
    />
  );
}
