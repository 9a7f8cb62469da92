import { describe, expect, test } from 'vitest';
import { commonPasswords } from './common-passwords.ts';
import { passwordFault } from './password-rule.ts';

const owner = { email: 'jisoo.park@mining-house.example', name: 'Park Jisoo' };
const fault = async (password: string) => passwordFault(password, owner, await commonPasswords());

describe('a password', () => {
  test.each([
    'correct horse battery',
    'aaa bbb vanilla 7 rivers',
    '비밀번호는 길게 쓰고 자주 바꾸지 않습니다',
    'no capital, no digit',
    'xK9#mQ2$vL5@nR8w',
  ])('of many words or characters is taken: %s', async (password) => {
    expect(await fault(password)).toBeNull();
  });

  test.each(['short', 'xK9#mQ2$vL5@nR', '일곱 글자입니다'])(
    'below fifteen characters is too short: %s',
    async (password) => {
      expect(await fault(password)).toBe('too_short');
    },
  );

  test.each([
    'passwordpassword',
    'PasswordPassword',
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabcabcabc',
    'abcdefghijklmnop',
    '12345678901234567890',
    'qwertyuiopasdfghjkl',
    'qwerty1234567890',
    'iloveyou12345678',
    'countersigncountersign',
    'Countersign-2026-2026',
    'sunshine sunshine',
    '1qaz2wsx3edc4rfv',
  ])('that guessers try first is refused: %s', async (password) => {
    expect(await fault(password)).toBe('common');
  });

  test.each(['jisoo.park@mining-house.example', 'Park Jisoo 1234567', 'parkjisoo-countersign'])(
    'made of the name or the address of its owner is refused: %s',
    async (password) => {
      expect(await fault(password)).toBe('owner');
    },
  );
});
