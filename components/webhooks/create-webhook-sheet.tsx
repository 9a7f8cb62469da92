'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Form } from '#components/ui/form.tsx';
import { WITHDRAWAL_EVENT_TYPES } from '#server/notifications/statuses.ts';
import { NewSecret } from './new-secret.tsx';

export function CreateWebhookSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('webhooks');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [problems, setProblems] = useState({ url: false, description: false });
  const create = useMutation(
    trpc.webhooks.create.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.webhooks.list.pathKey() }),
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const url = String(form.get('url') ?? '').trim();
    const description = String(form.get('description') ?? '').trim();
    const eventTypes = WITHDRAWAL_EVENT_TYPES.filter((type) => form.getAll('events').includes(type));
    setProblems({ url: url === '', description: description === '' });
    if (url === '' || description === '' || create.isPending) return;
    create.mutate({ url, description, eventTypes });
  };
  if (create.data) return <NewSecret secret={create.data.secret} onClose={onClose} />;
  return (
    <Dialog title={t('create.title')} onClose={onClose}>
      <Form onSubmit={submit}>
        <div className="flex flex-col gap-4">
          <TextField
            label={t('create.description')}
            hint={t('create.descriptionHint')}
            name="description"
            charsMax={200}
            required
            problem={problems.description ? t('create.descriptionMissing') : null}
          />
          <TextField
            label={t('create.url')}
            hint={t('create.urlHint')}
            name="url"
            type="url"
            inputMode="url"
            charsMax={2_000}
            required
            problem={problems.url ? t('create.urlMissing') : null}
          />
          <EventChoices />
          {create.error && <FailureNote failure={readFailure(create.error)} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('create.back')}</Button>
          <Button type="submit" look="primary" aria-disabled={create.isPending}>
            {t('create.confirm')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

function EventChoices() {
  const t = useTranslations('webhooks');
  const tEvents = useTranslations('notifications');
  return (
    <fieldset aria-describedby="events-hint" className="m-0 border-0 p-0">
      <legend className="font-medium text-ink-2 text-sm">{t('create.events')}</legend>
      <p id="events-hint" className="text-ink-3 text-xs">
        {t('create.eventsHint')}
      </p>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {WITHDRAWAL_EVENT_TYPES.map((type) => (
          <label key={type} className="flex min-h-8 items-center gap-2 pointer-coarse:min-h-11">
            <input type="checkbox" name="events" value={type} className="size-4 shrink-0 accent-focus" />
            {tEvents(`type.${type}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
