'use client';

import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';

interface NewKeyProps {
  readonly apiKey: string;
  readonly title: string;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** The one time that a key is shown. */
export function NewKey({ apiKey, title, onClose, children }: NewKeyProps) {
  const t = useTranslations('apiKeys');
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Notice tone="warning" icon={TriangleAlert}>
          {t('created.once')}
        </Notice>
        {children}
        <p className="flex items-start gap-1 rounded-control border border-rule bg-ground px-3 py-2">
          <code className="min-w-0 font-mono text-sm leading-8 [overflow-wrap:anywhere]">{apiKey}</code>
          <CopyButton text={apiKey} label={t('created.key')} />
        </p>
      </div>
      <DialogActions>
        <Button look="primary" onClick={onClose}>
          {t('created.stored')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
