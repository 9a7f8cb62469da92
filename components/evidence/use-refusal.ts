'use client';

import { useTranslations } from '#components/i18n/words.tsx';

/** Why something may not be done, in words; null where it may. */
export function useRefusal(): (permitted: true | string) => string | null {
  const t = useTranslations('errors');
  return (permitted) => {
    if (permitted === true) return null;
    return t.has(permitted as 'unexpected') ? t(permitted as 'unexpected') : permitted;
  };
}
