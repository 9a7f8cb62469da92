import { getRequestConfig } from 'next-intl/server';
import { readPreferences } from '#components/preferences/read-preferences.ts';
import en from '#messages/en.json';
import ko from '#messages/ko.json';

/** next-intl without routing: the language is the operator's, not the address's. */
// biome-ignore lint/style/noDefaultExport: next-intl reads the default export of this file
export default getRequestConfig(async () => {
  const { locale } = await readPreferences();
  return { locale, messages: locale === 'en' ? en : ko, timeZone: 'UTC' };
});
