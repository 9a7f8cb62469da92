'use client';

import { createContext, type ReactNode, use, useState } from 'react';
import { PREFERENCE_COOKIES, type Preferences } from './preferences.ts';

const YEAR_SECONDS = 31_536_000;

interface PreferencesContextValue extends Preferences {
  /** The server's clock when it rendered, so that ages agree between its HTML and the first paint here. */
  readonly renderedAt: string;
  readonly choose: (change: Partial<Preferences>) => void;
}

const PreferencesContext = createContext<PreferencesContextValue | null>(null);

interface PreferencesProviderProps {
  readonly initial: Preferences;
  readonly renderedAt: string;
  readonly children: ReactNode;
}

export function PreferencesProvider({ initial, renderedAt, children }: PreferencesProviderProps) {
  const [preferences, setPreferences] = useState(initial);

  const choose = (change: Partial<Preferences>) => {
    setPreferences({ ...preferences, ...change });
    writeCookies(change);
    if (change.theme) applyTheme(change.theme);
  };

  return <PreferencesContext value={{ ...preferences, renderedAt, choose }}>{children}</PreferencesContext>;
}

export function usePreferences(): PreferencesContextValue {
  const value = use(PreferencesContext);
  if (!value) throw new Error('usePreferences needs a PreferencesProvider above it');
  return value;
}

function writeCookies(change: Partial<Preferences>): void {
  const secure = window.location.protocol === 'https:' ? '; secure' : '';
  for (const [name, value] of Object.entries(change)) {
    const cookie = PREFERENCE_COOKIES[name as keyof Preferences];
    const text = typeof value === 'boolean' ? (value ? 'on' : 'off') : value;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http and in older browsers
    document.cookie = `${cookie}=${text}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
  }
}

function applyTheme(theme: Preferences['theme']): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
