'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { Form } from '#components/ui/form.tsx';
import { API_KEY_SCOPES } from '#server/kernel/actor.ts';
import { isAboutAddresses, KeyFailure } from './key-failure.tsx';
import { KeyFields } from './key-fields.tsx';
import { hasProblems, type KeyProblems, NO_PROBLEMS, readSettings } from './key-form.ts';
import { NewKey } from './new-key.tsx';

export function CreateKeySheet({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('apiKeys');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const offline = useOffline();
  const { zone } = usePreferences();
  const [problems, setProblems] = useState<KeyProblems>(NO_PROBLEMS);
  const create = useMutation(
    trpc.apiKeys.create.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.apiKeys.list.pathKey() }),
    }),
  );
  const failure = create.error && readFailure(create.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const { problems: found, expiresAt, ...settings } = readSettings(form, zone);
    const scopes = API_KEY_SCOPES.filter((scope) => form.getAll('scopes').includes(scope));
    const all = { ...found, scopes: scopes.length === 0 };
    setProblems(all);
    if (hasProblems(all) || create.isPending) return;
    create.mutate({ ...settings, scopes, ...(expiresAt && { expiresAt }) });
  };
  if (create.data) return <NewKey apiKey={create.data.key} title={t('created.title')} onClose={onClose} />;
  return (
    <Dialog title={t('create.title')} onClose={onClose}>
      <Form onSubmit={submit}>
        <div className="flex flex-col gap-4">
          <KeyFields problems={{ ...problems, addresses: failure !== null && isAboutAddresses(failure) }} />
          <KeyFailure failure={failure} />
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('create.back')}</Button>
          <Button type="submit" look="primary" blockedBy={offline} aria-disabled={create.isPending}>
            {t('create.confirm')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
