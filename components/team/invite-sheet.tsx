'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Form } from '#components/ui/form.tsx';
import { inviteInput } from '#server/operators/contract.ts';
import { RoleField, roleIn } from './role-field.tsx';

export function InviteSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('team');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const offline = useOffline();
  const invite = useMutation(
    trpc.operators.invite.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.operators.list.pathKey() }),
    }),
  );
  const [isWrong, setWrong] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = inviteInput.safeParse({ email: String(form.get('email')).trim(), role: roleIn(form) });
    setWrong(!read.success);
    if (read.success && !invite.isPending) invite.mutate(read.data);
  };
  if (invite.data) return <InvitationLink link={invite.data.link} onClose={onClose} />;
  return (
    <Dialog title={t('invite.open')} onClose={onClose}>
      <Form onSubmit={submit}>
        <div className="flex flex-col gap-4">
          <TextField
            label={t('invite.email')}
            name="email"
            type="email"
            charsMax={254}
            required
            problem={isWrong ? t('invite.emailWrong') : null}
          />
          <RoleField initial="support" />
          {invite.error && <FailureNote failure={readFailure(invite.error)} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('back')}</Button>
          <Button type="submit" look="primary" blockedBy={offline} aria-disabled={invite.isPending}>
            {t('invite.confirm')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

function InvitationLink({ link, onClose }: { readonly link: string; readonly onClose: () => void }) {
  const t = useTranslations('team');
  return (
    <Dialog title={t('invite.linkTitle')} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Notice tone="warning" icon={TriangleAlert}>
          {t('invite.once')}
        </Notice>
        <p className="flex items-start gap-1 rounded-control border border-rule bg-ground px-3 py-2">
          <code className="min-w-0 font-mono text-sm leading-8 [overflow-wrap:anywhere]">{link}</code>
          <CopyButton text={link} label={t('invite.link')} />
        </p>
      </div>
      <DialogActions>
        <Button look="primary" onClick={onClose}>
          {t('invite.handedOver')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
