'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { SignOut } from '#components/shell/sign-out.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { useNowMs } from '#components/ui/time.tsx';

interface IdleDialogProps {
  /** How much was left when the server was asked, and when that was by this clock. */
  readonly leftMs: number;
  readonly atMs: number;
  readonly onStay: () => void;
}

/** What was typed behind it stays as it is, whatever is answered. */
export function IdleDialog({ leftMs, atMs, onStay }: IdleDialogProps) {
  const t = useTranslations('shell');
  const seconds = Math.max(0, Math.ceil((leftMs - (useNowMs() - atMs)) / 1_000));
  return (
    <Dialog title={t('idle.title')} onClose={onStay}>
      <p>{t('idle.text', { seconds })}</p>
      <DialogActions>
        <SignOut />
        <Button look="primary" onClick={onStay}>
          {t('idle.stay')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
