import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { PREFERENCE_COOKIES, type Preferences, parsePreferences, wanted } from './preferences.ts';

/** The preferences of this request; only for code that renders on the server. */
export const readPreferences = cache(async (): Promise<Preferences> => {
  const jar = await cookies();
  const asked = (await headers()).get('accept-language');
  return parsePreferences(
    (name) => jar.get(name)?.value ?? (name === PREFERENCE_COOKIES.locale ? wanted(asked) : undefined),
  );
});
