'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useMemo, useState } from 'react';
import { type ChangeOf, changedQuery, type Params, readParams, type ValuesOf } from './params.ts';

/** What has been asked for and is not Next's state yet; `before` are the queries it may still show until then. */
interface Draft {
  readonly query: string;
  readonly before: readonly string[];
}

interface SetOptions {
  /** `replace`: Back does not stop here. */
  readonly history?: 'push' | 'replace';
}

type SetSearch<Named extends Params> = (change: ChangeOf<Named>, options?: SetOptions) => void;

/**
 * What the address says of these, and a way to change it without a request. Next takes such a change over a moment
 * later; a field that is being typed in cannot wait for that.
 */
export function useSearch<Named extends Params>(params: Named): readonly [ValuesOf<Named>, SetSearch<Named>] {
  const taken = useSearchParams().toString();
  const [draft, setDraft] = useState<Draft | null>(null);
  const isAhead = draft?.before.includes(taken) && draft.query !== taken;
  if (draft && !isAhead) setDraft(null);
  const query = draft && isAhead ? draft.query : taken;

  useEffect(() => {
    const forget = () => setDraft(null);
    window.addEventListener('popstate', forget);
    return () => window.removeEventListener('popstate', forget);
  }, []);

  const values = useMemo(() => {
    const search = new URLSearchParams(query);
    return readParams(params, (name) => search.get(name));
  }, [params, query]);

  const set: SetSearch<Named> = (change, { history = 'push' } = {}) => {
    const now = new URLSearchParams(window.location.search).toString();
    const next = changedQuery(params, now, change);
    if (next === now) return;
    setDraft((earlier) => ({ query: next, before: [...(earlier?.before ?? []), taken, now] }));
    write(history, next ? `?${next}` : window.location.pathname);
  };
  return [values, set];
}

function write(history: 'push' | 'replace', url: string): void {
  try {
    if (history === 'push') window.history.pushState(null, '', url);
    else window.history.replaceState(null, '', url);
  } catch {
    // A browser takes only so many changes of the address within seconds; the screen goes on, and the next one is kept.
  }
}
