// Without it there is no module here to add to.
import type {} from 'next-intl';
import type { Locale } from '#components/preferences/preferences.ts';
import type ko from '#messages/ko.json';

/** Korean is the language the messages are written in first; the types of all others follow it. */
export type Messages = typeof ko;
export type Namespace = keyof Messages;

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
