'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import type { RotationStatus } from '#server/wallets/statuses.ts';
import { type RotationOutcome, type RotationSheetProps, useRotation } from './use-rotation.ts';

/** Asks whether the old key still works; moves nothing. */
export function ProbeSheet({ walletId, onClose, onOutcome }: RotationSheetProps) {
  const t = useTranslations('rotation');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const offline = useOffline();
  const confirm = useRef<HTMLButtonElement>(null);
  const { decide, isSending, failure } = useRotation(onOutcome);
  const probe = () =>
    decide({
      send: async () => saidBy((await client.wallets.probeKey.mutate({ walletId })).status) ?? 'asked',
      arrived: () => {
        const now = queries.getQueryData(trpc.wallets.rotation.queryKey({ walletId }));
        return now ? saidBy(now.status) : null;
      },
    });
  return (
    <Dialog title={t('probe')} onClose={onClose} initialFocus={confirm}>
      <div className="flex flex-col gap-4">
        <p>{t('probeNext')}</p>
        {failure && <FailureNote failure={failure} />}
      </div>
      <DialogActions>
        <Button onClick={onClose}>{t('back')}</Button>
        <Button ref={confirm} look="primary" blockedBy={offline} aria-disabled={isSending} onClick={probe}>
          {isSending ? t('sending') : t('probeConfirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function saidBy(status: RotationStatus): RotationOutcome | null {
  if (status === 'not_rotated') return 'alive';
  if (status === 'rotated') return 'rotated';
  return status === 'lost' ? 'dead' : null;
}
