'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { Form } from '#components/ui/form.tsx';
import type { TeamMemberView } from '#server/operators/contract.ts';
import { RoleField, roleIn } from './role-field.tsx';

interface MemberSheetProps {
  readonly member: TeamMemberView;
  readonly onClose: () => void;
}

/** What an administrator may do about a colleague. All of it ends the colleague's sessions. */
export function MemberSheet({ member, onClose }: MemberSheetProps) {
  const t = useTranslations('team');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const offline = useOffline();
  const onSuccess = async () => {
    await queries.invalidateQueries({ queryKey: trpc.operators.list.pathKey() });
    announce(t('done'));
    onClose();
  };
  const changeRole = useMutation(trpc.operators.changeRole.mutationOptions({ onSuccess }));
  const disable = useMutation(trpc.operators.disable.mutationOptions({ onSuccess }));
  const enable = useMutation(trpc.operators.enable.mutationOptions({ onSuccess }));
  const reset = useMutation(trpc.operators.resetSecondFactor.mutationOptions({ onSuccess }));
  const all = [changeRole, disable, enable, reset];
  const failed = all.find(({ error }) => error)?.error;
  const isBusy = all.some(({ isPending }) => isPending);
  const { id } = member;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isBusy) changeRole.mutate({ id, role: roleIn(new FormData(event.currentTarget)) });
  };
  return (
    <Dialog title={member.name} onClose={onClose}>
      <Form onSubmit={submit} className="flex flex-col gap-4">
        <p className="text-ink-2">{t('endsSessions')}</p>
        <RoleField initial={member.role} />
        <div className="flex flex-wrap gap-2">
          {(member.hasSecondFactor || member.passkeys > 0) && (
            <Button
              look="danger"
              blockedBy={offline}
              aria-disabled={isBusy}
              onClick={() => !isBusy && reset.mutate({ id })}
            >
              {t('resetSecondFactor')}
            </Button>
          )}
          {member.disabledAt ? (
            <Button blockedBy={offline} aria-disabled={isBusy} onClick={() => !isBusy && enable.mutate({ id })}>
              {t('enable')}
            </Button>
          ) : (
            <Button
              look="danger"
              blockedBy={offline}
              aria-disabled={isBusy}
              onClick={() => !isBusy && disable.mutate({ id })}
            >
              {t('disable')}
            </Button>
          )}
        </div>
        {failed && <FailureNote failure={readFailure(failed)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('back')}</Button>
          <Button type="submit" look="primary" blockedBy={offline} aria-disabled={isBusy}>
            {t('changeRole')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
