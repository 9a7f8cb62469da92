'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { LocaleSelect } from '#components/shell/preference-controls.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { AppLink } from '#components/ui/app-link.tsx';
import { Button } from '#components/ui/button.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Form } from '#components/ui/form.tsx';
import { PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN } from '#server/operators/statuses.ts';

const tokenHere = (): string => window.location.hash.slice(1);

/** A name and a password; where the role needs a second factor, the first sign-in asks for it. */
export function AcceptInvitation() {
  const t = useTranslations('team');
  const tShell = useTranslations('shell');
  const trpc = useTRPC();
  const { mutate: look, data: found, error: lost } = useMutation(trpc.signIn.lookAtInvitation.mutationOptions());
  const accept = useMutation(trpc.signIn.acceptInvitation.mutationOptions());
  useEffect(() => look({ token: tokenHere() }), [look]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (accept.isPending) return;
    accept.mutate({ token: tokenHere(), name: String(form.get('name')), password: String(form.get('password')) });
  };
  if (accept.data) {
    return (
      <div className={card}>
        <h1 className="font-semibold text-xl">{t('accept.done')}</h1>
        <AppLink href="/sign-in">{t('accept.signIn')}</AppLink>
      </div>
    );
  }
  return (
    <Form noValidate={false} method="post" onSubmit={submit} className={card}>
      <h1 className="font-semibold text-xl">{t('accept.title')}</h1>
      {lost && <p role="alert">{t('accept.over')}</p>}
      {found && (
        <>
          <p className="text-ink-2 [overflow-wrap:anywhere]">
            {found.email} · {tShell(`roles.${found.role}`)}
          </p>
          <input type="hidden" name="username" autoComplete="username" value={found.email} />
          <TextField label={t('columns.name')} name="name" autoComplete="name" charsMax={80} required />
          <TextField
            label={t('accept.password')}
            hint={t('accept.passwordHint')}
            name="password"
            type="password"
            autoComplete="new-password"
            minLength={PASSWORD_CHARS_MIN}
            charsMax={PASSWORD_CHARS_MAX}
            required
          />
          {accept.error && <FailureNote failure={readFailure(accept.error)} />}
          <Button type="submit" look="primary" className="min-h-10" aria-disabled={accept.isPending}>
            {t('accept.confirm')}
          </Button>
        </>
      )}
      <div className="border-rule border-t pt-4">
        <LocaleSelect />
      </div>
    </Form>
  );
}

const card = 'flex w-full max-w-[440px] flex-col gap-4 rounded-dialog border border-rule bg-surface p-6';
