export const LOCALES = ['ko', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** The zones an operator may read times in; both names are IANA's, so `Intl` takes them as they are. */
export const ZONES = ['Asia/Seoul', 'UTC'] as const;
export type Zone = (typeof ZONES)[number];

/** How one operator likes the console, kept in cookies so that the first HTML is already right. */
export interface Preferences {
  readonly locale: Locale;
  readonly theme: Theme;
  readonly zone: Zone;
  /** Whether single letters act. WCAG 2.1.4 asks for a way to turn them off. */
  readonly letterKeys: boolean;
}

export const PREFERENCE_COOKIES = {
  locale: 'locale',
  theme: 'theme',
  zone: 'zone',
  letterKeys: 'letter_keys',
} as const satisfies Record<keyof Preferences, string>;

/** Cookies come from outside: what is not one of our words falls back to the default. */
export function parsePreferences(read: (cookie: string) => string | undefined): Preferences {
  return {
    locale: oneOf(LOCALES, read(PREFERENCE_COOKIES.locale)),
    theme: oneOf(THEMES, read(PREFERENCE_COOKIES.theme)),
    zone: oneOf(ZONES, read(PREFERENCE_COOKIES.zone)),
    letterKeys: read(PREFERENCE_COOKIES.letterKeys) !== 'off',
  };
}

function oneOf<Word extends string>(words: readonly [Word, ...Word[]], text: string | undefined): Word {
  return words.find((word) => word === text) ?? words[0];
}
