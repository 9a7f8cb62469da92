'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import type { PasskeyView } from '#server/operators/contract.ts';

interface RemovePasskeySheetProps {
  readonly passkey: PasskeyView;
  readonly onClose: () => void;
}

export function RemovePasskeySheet({ passkey, onClose }: RemovePasskeySheetProps) {
  const t = useTranslations('me');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const remove = useMutation(
    trpc.passkeys.remove.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries();
        announce(t('passkeys.removed'));
        onClose();
      },
    }),
  );
  return (
    <Dialog title={t('passkeys.removeTitle', { name: passkey.name })} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <p>{t('passkeys.removeNext')}</p>
        {remove.error && <FailureNote failure={readFailure(remove.error)} />}
      </div>
      <DialogActions>
        <Button onClick={onClose}>{t('back')}</Button>
        <Button
          look="danger"
          aria-disabled={remove.isPending}
          onClick={() => !remove.isPending && remove.mutate({ id: passkey.id })}
        >
          {t('passkeys.remove')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
