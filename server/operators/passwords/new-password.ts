import { hashPassword } from 'better-auth/crypto';
import { DomainError } from '#server/kernel/errors.ts';
import { commonPasswords } from './common-passwords.ts';
import { type PasswordFault, type PasswordOwner, passwordFault } from './password-rule.ts';

const TEXTS: Readonly<Record<PasswordFault, string>> = {
  too_short: 'the password has fewer than fifteen characters',
  common: 'the password is one that guessers try first',
  owner: 'the password is made of the name or the address of its owner',
};

/** The hash to keep. Throws `password.refused`, with the reason in `because`. */
export async function hashOfNewPassword(password: string, owner: PasswordOwner): Promise<string> {
  const because = passwordFault(password, owner, await commonPasswords());
  if (because) throw new DomainError('password.refused', TEXTS[because], { detail: { because } });
  return hashPassword(password);
}
