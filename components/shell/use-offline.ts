'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { useOnline } from './use-online.ts';

/** Why no instruction can be given now; null while there is a connection. */
export function useOffline(): string | null {
  const t = useTranslations('common');
  return useOnline() ? null : t('offline');
}
