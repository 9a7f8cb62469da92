'use client';

import { useTranslations } from '#components/i18n/words.tsx';

/** Our own words for what went wrong, in the reader's language; the provider's stay as they are. */
export function useReasonWord(): (reason: string) => string {
  const t = useTranslations('evidence');
  return (reason) => {
    const key = `reason.${reason}` as 'reason.connection_lost';
    return /^[a-z_]+$/.test(reason) && t.has(key) ? t(key) : reason;
  };
}
