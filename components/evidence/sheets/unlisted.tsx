'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Notice } from '#components/ui/badge.tsx';

/** Whoever names a payment that the pool does not list vouches for it: said before, to the first and to the second. */
export function Unlisted({ reference }: { readonly reference?: string }) {
  const t = useTranslations('evidence');
  return (
    <Notice tone="danger" icon={TriangleAlert}>
      <p className="font-medium [overflow-wrap:anywhere]">
        {reference ? t('unlisted.named', { reference }) : t('unlisted.typed')}
      </p>
      <p>{t('unlisted.means')}</p>
    </Notice>
  );
}
