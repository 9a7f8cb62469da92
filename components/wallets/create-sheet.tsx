'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { newIdempotencyKeys } from '#components/trpc/idempotency-key.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Form } from '#components/ui/form.tsx';
import { isMemberId } from '#components/ui/identifiers.ts';

export function CreateSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('wallets');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const announce = useAnnounce();
  const offline = useOffline();
  const [keyFor] = useState(newIdempotencyKeys);
  const [isMalformed, setMalformed] = useState(false);
  const sending = useRef(false);

  const create = useMutation(
    trpc.wallets.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries({ queryKey: trpc.wallets.list.pathKey() });
        announce(t('create.done'));
        onClose();
        router.push(`/wallets/${id}`);
      },
      onSettled: () => {
        sending.current = false;
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const memberId = String(new FormData(event.currentTarget).get('memberId') ?? '').trim();
    setMalformed(!isMemberId(memberId));
    if (!isMemberId(memberId) || sending.current) return;
    sending.current = true;
    create.mutate({ memberId, idempotencyKey: keyFor(memberId) });
  };
  return (
    <Dialog title={t('create.title')} onClose={onClose}>
      <Form onSubmit={submit}>
        <div className="flex flex-col gap-4">
          <p className="text-ink-2">{t('create.lead')}</p>
          <TextField
            label={t('columns.member')}
            name="memberId"
            required
            charsMax={64}
            problem={isMalformed ? t('create.malformed') : null}
          />
          {create.error && <FailureNote failure={readFailure(create.error)} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('create.back')}</Button>
          <Button type="submit" look="primary" blockedBy={offline} aria-disabled={create.isPending}>
            {create.isPending ? t('create.sending') : t('create.confirm')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
