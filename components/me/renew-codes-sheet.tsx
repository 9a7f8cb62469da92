'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { RecoveryCodes } from '#components/second-factor/recovery-codes.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';

export function RenewCodesSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('me');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const renew = useMutation(
    trpc.secondFactor.renewRecoveryCodes.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.secondFactor.state.pathKey() }),
    }),
  );
  if (renew.data) {
    return (
      <Dialog title={t('factor.renew')} onClose={onClose}>
        <RecoveryCodes codes={renew.data.recoveryCodes} onDone={onClose} level={3} />
      </Dialog>
    );
  }
  return (
    <Dialog title={t('factor.renewTitle')} onClose={onClose}>
      <p>{t('factor.renewNext')}</p>
      {renew.error && <FailureNote failure={readFailure(renew.error)} />}
      <DialogActions>
        <Button onClick={onClose}>{t('back')}</Button>
        <Button look="primary" aria-disabled={renew.isPending} onClick={() => !renew.isPending && renew.mutate({})}>
          {t('factor.renewConfirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
