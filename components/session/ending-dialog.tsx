'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { useNowMs } from '#components/ui/time.tsx';

interface EndingDialogProps {
  /** How much was left when the server was asked, and when that was by this clock. */
  readonly leftMs: number;
  readonly atMs: number;
  readonly onClose: () => void;
}

/** Nothing lengthens this session; another one can be opened beside it, and what was typed here stays. */
export function EndingDialog({ leftMs, atMs, onClose }: EndingDialogProps) {
  const t = useTranslations('shell');
  const minutes = Math.max(0, Math.ceil((leftMs - (useNowMs() - atMs)) / 60_000));
  return (
    <Dialog title={t('ending.title')} onClose={onClose}>
      <p>{t('ending.text', { minutes })}</p>
      <DialogActions>
        <Button onClick={onClose}>{t('ending.later')}</Button>
        <a
          href="/sign-in"
          target="_blank"
          rel="noreferrer"
          className="inline-flex min-h-9 items-center rounded-control bg-brand px-4 font-semibold text-brand-ink no-underline pointer-coarse:min-h-11"
        >
          {t('signInAgain')}
        </a>
      </DialogActions>
    </Dialog>
  );
}
