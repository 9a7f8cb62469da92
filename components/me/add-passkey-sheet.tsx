'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { makePasskey } from '#components/second-factor/passkey.ts';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { type Failure, readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Form } from '#components/ui/form.tsx';

/** A name, the second factor, and then the browser's own window. */
export function AddPasskeySheet({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('me');
  const client = useTRPCClient();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const add = useMutation<boolean, Failure, string>({
    mutationFn: async (name) => {
      try {
        const attestation = await makePasskey(await client.passkeys.begin.mutate({ name }));
        if (!attestation) return false;
        await client.passkeys.register.mutate({ name, attestation });
        return true;
      } catch (error) {
        throw readFailure(error);
      }
    },
    onSuccess: async (isMade) => {
      if (!isMade) return;
      await queries.invalidateQueries();
      announce(t('passkeys.done'));
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    if (name !== '' && !add.isPending) add.mutate(name);
  };
  return (
    <Dialog title={t('passkeys.add')} onClose={onClose}>
      <Form noValidate={false} onSubmit={submit}>
        <div className="flex flex-col gap-4">
          <TextField label={t('passkeys.name')} hint={t('passkeys.nameHint')} name="name" charsMax={60} required />
          <p className="text-ink-2">{t('passkeys.next')}</p>
          {add.error && <FailureNote failure={add.error} />}
          {add.data === false && (
            <p role="alert" className="text-danger">
              {t('passkeys.notMade')}
            </p>
          )}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('back')}</Button>
          <Button type="submit" look="primary" aria-disabled={add.isPending}>
            {t('passkeys.confirm')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
