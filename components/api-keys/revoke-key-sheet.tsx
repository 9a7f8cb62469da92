'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import type { ApiKeyView } from '#server/operators/contract.ts';

interface RevokeKeySheetProps {
  readonly apiKey: ApiKeyView;
  readonly onClose: () => void;
}

export function RevokeKeySheet({ apiKey, onClose }: RevokeKeySheetProps) {
  const t = useTranslations('apiKeys');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const offline = useOffline();
  const revoke = useMutation(
    trpc.apiKeys.revoke.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.apiKeys.list.pathKey() });
        announce(t('revoke.done', { name: apiKey.name }));
        onClose();
      },
    }),
  );
  return (
    <Dialog title={t('revoke.title', { name: apiKey.name })} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <p>{t('revoke.next')}</p>
        {revoke.error && <FailureNote failure={readFailure(revoke.error)} />}
      </div>
      <DialogActions>
        <Button onClick={onClose}>{t('create.back')}</Button>
        <Button
          look="danger"
          blockedBy={offline}
          aria-disabled={revoke.isPending}
          onClick={() => !revoke.isPending && revoke.mutate({ id: apiKey.id })}
        >
          {t('revoke.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
