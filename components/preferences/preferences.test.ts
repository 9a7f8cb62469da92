import { describe, expect, it } from 'vitest';
import { parsePreferences, wanted } from './preferences.ts';

describe('preferences', () => {
  it('are Korean, the system theme, Seoul time and letters on when nothing was chosen', () => {
    expect(parsePreferences(() => undefined)).toEqual({
      locale: 'ko',
      theme: 'system',
      zone: 'Asia/Seoul',
      letterKeys: true,
    });
  });

  it('keep what was chosen', () => {
    const cookies: Record<string, string> = { locale: 'en', theme: 'dark', zone: 'UTC', letter_keys: 'off' };
    expect(parsePreferences((name) => cookies[name])).toEqual({
      locale: 'en',
      theme: 'dark',
      zone: 'UTC',
      letterKeys: false,
    });
  });

  it('ignore words that are not ours', () => {
    const preferences = parsePreferences(() => '"><script>');
    expect(preferences).toMatchObject({ locale: 'ko', theme: 'system', zone: 'Asia/Seoul' });
  });
});

it("who has chosen no language gets the browser's, where there is that one", () => {
  expect(wanted('en-US,en;q=0.9,ko;q=0.8')).toBe('en');
  expect(wanted('ja, ko;q=0.8, en;q=0.5')).toBe('ko');
  expect([wanted('fr-FR'), wanted(''), wanted(null)]).toEqual([undefined, undefined, undefined]);
});
