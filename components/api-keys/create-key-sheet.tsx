'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { startOfDay } from '#components/ui/time-text.ts';
import { API_KEY_SCOPES } from '#server/kernel/actor.ts';
import { KeyFields, type KeyProblems } from './key-fields.tsx';

export function CreateKeySheet({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('apiKeys');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { zone } = usePreferences();
  const [problems, setProblems] = useState<KeyProblems>({});
  const create = useMutation(
    trpc.apiKeys.create.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.apiKeys.list.pathKey() }),
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = String(form.get('name') ?? '').trim();
    const scopes = API_KEY_SCOPES.filter((scope) => form.getAll('scopes').includes(scope));
    const lastDay = String(form.get('lastDay') ?? '');
    setProblems({ name: name === '', scopes: scopes.length === 0 });
    if (name === '' || scopes.length === 0 || create.isPending) return;
    create.mutate({ name, scopes, ...(lastDay && { expiresAt: startOfDay(lastDay, zone, 1) }) });
  };
  if (create.data) return <NewKey apiKey={create.data.key} onClose={onClose} />;
  return (
    <Dialog title={t('create.title')} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <div className="flex flex-col gap-4">
          <KeyFields problems={problems} />
          {create.error && <FailureNote failure={readFailure(create.error)} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('create.back')}</Button>
          <Button type="submit" look="primary" aria-disabled={create.isPending}>
            {t('create.confirm')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function NewKey({ apiKey, onClose }: { readonly apiKey: string; readonly onClose: () => void }) {
  const t = useTranslations('apiKeys');
  return (
    <Dialog title={t('created.title')} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Notice tone="warning" icon={TriangleAlert}>
          {t('created.once')}
        </Notice>
        <p className="flex items-start gap-1 rounded-control border border-rule bg-ground px-3 py-2">
          <code className="min-w-0 font-mono text-sm leading-8 [overflow-wrap:anywhere]">{apiKey}</code>
          <CopyButton text={apiKey} label={t('created.key')} />
        </p>
      </div>
      <DialogActions>
        <Button look="primary" onClick={onClose}>
          {t('created.stored')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
