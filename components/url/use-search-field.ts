'use client';

import { type ChangeEvent, useState } from 'react';

/** What ids and references are made of; an empty search looks for everything. */
export const isSearchable = (text: string): boolean => /^[\x20-\x7e]{0,128}$/.test(text);

/**
 * What stands in a search field: what is typed, or what the address says as soon as that changes. It stays one and the
 * same field, so that whoever searches keeps the focus.
 */
export function useSearchField(asked: string | null, isReadable: (text: string) => boolean) {
  const [followed, setFollowed] = useState(asked);
  const [typed, setTyped] = useState(asked ?? '');
  const [tried, setTried] = useState(asked);
  if (followed !== asked) {
    setFollowed(asked);
    setTyped(asked ?? '');
    setTried(asked);
  }
  return {
    control: { value: typed, onChange: ({ target }: ChangeEvent<HTMLInputElement>) => setTyped(target.value) },
    isUnreadable: tried !== null && tried === typed.trim() && !isReadable(tried),
    /** What was typed; null where it cannot be looked for, which the field then says. */
    read: (): string | null => {
      const text = typed.trim();
      setTried(text);
      return isReadable(text) ? text : null;
    },
  };
}
