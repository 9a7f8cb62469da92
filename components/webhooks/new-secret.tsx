'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';

interface NewSecretProps {
  readonly secret: string;
  /** A secret before this one signs for a while yet. */
  readonly rotated?: boolean;
  readonly onClose: () => void;
}

/** The one time that a signing secret is shown. */
export function NewSecret({ secret, rotated = false, onClose }: NewSecretProps) {
  const t = useTranslations('webhooks');
  return (
    <Dialog title={t('secret.title')} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Notice tone="warning" icon={TriangleAlert}>
          {t('secret.once')}
        </Notice>
        {rotated && <p className="text-ink-2">{t('secret.overlap')}</p>}
        <p className="flex items-start gap-1 rounded-control border border-rule bg-ground px-3 py-2">
          <code className="min-w-0 font-mono text-sm leading-8 [overflow-wrap:anywhere]">{secret}</code>
          <CopyButton text={secret} label={t('secret.copy')} />
        </p>
      </div>
      <DialogActions>
        <Button look="primary" onClick={onClose}>
          {t('secret.stored')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
