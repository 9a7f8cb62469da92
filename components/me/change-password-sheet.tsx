'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useMe } from '#components/shell/me.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Form } from '#components/ui/form.tsx';
import { PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN } from '#server/operators/statuses.ts';

export function ChangePasswordSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('me');
  const tErrors = useTranslations('errors');
  const { email } = useMe();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const change = useMutation(
    trpc.operators.changePassword.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.sessions.pathKey() });
        announce(t('password.done'));
        onClose();
      },
    }),
  );
  const failure = change.error && readFailure(change.error);
  const about = (code: 'password.wrong' | 'password.refused') => (failure?.code === code ? tErrors(code) : null);
  const isAboutField = failure?.code === 'password.wrong' || failure?.code === 'password.refused';
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (!change.isPending) change.mutate({ current: String(form.get('current')), next: String(form.get('next')) });
  };
  return (
    <Dialog title={t('password.change')} onClose={onClose}>
      <Form noValidate={false} method="post" onSubmit={submit}>
        <div className="flex flex-col gap-4">
          <input type="hidden" name="username" autoComplete="username" value={email} />
          <TextField
            label={t('password.current')}
            name="current"
            type="password"
            autoComplete="current-password"
            charsMax={PASSWORD_CHARS_MAX}
            required
            problem={about('password.wrong')}
          />
          <TextField
            label={t('password.next')}
            hint={t('password.hint')}
            name="next"
            type="password"
            autoComplete="new-password"
            minLength={PASSWORD_CHARS_MIN}
            charsMax={PASSWORD_CHARS_MAX}
            required
            problem={about('password.refused')}
          />
          <p className="text-ink-2">{t('password.lead')}</p>
          {failure && !isAboutField && <FailureNote failure={failure} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('back')}</Button>
          <Button type="submit" look="primary" aria-disabled={change.isPending}>
            {t('password.confirm')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
