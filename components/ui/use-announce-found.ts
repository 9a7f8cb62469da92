'use client';

import { useEffect, useRef } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useAnnounce } from './announcer.tsx';
import { countText } from './count-text.ts';

/** Says how much another search than the first has found; null until that is known. What is only read again is not said. */
export function useAnnounceFound(asked: string, count: string | null): void {
  const t = useTranslations('common');
  const announce = useAnnounce();
  const said = useRef(asked);
  useEffect(() => {
    if (count === null || said.current === asked) return;
    said.current = asked;
    announce(t('found', { count }));
  }, [asked, count, announce, t]);
}

interface Listed {
  readonly data: { readonly total: Parameters<typeof countText>[0] } | undefined;
  readonly isPlaceholderData: boolean;
}

/** Of a list that keeps the rows of the last search until those of the next have come. */
export const foundIn = ({ data, isPlaceholderData }: Listed): string | null =>
  data && !isPlaceholderData ? countText(data.total) : null;
