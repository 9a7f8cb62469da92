import { describe, expect, it } from 'vitest';
import { parsePreferences } from './preferences.ts';

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
