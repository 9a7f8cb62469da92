'use client';

import { FlaskConical } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { bannerClass } from './banner-class.ts';

/** That nothing here is real, wherever one signs in or works. */
export function DemoBanner() {
  const t = useTranslations('shell');
  return (
    <p className={`${bannerClass} bg-brand text-brand-ink`}>
      <FlaskConical aria-hidden size={16} />
      <strong className="font-semibold">DEMO</strong> {t('demo')}
    </p>
  );
}
