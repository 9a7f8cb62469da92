import { PASSWORD_CHARS_MIN } from '../statuses.ts';

/** Whose password it is to be. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
}

/** Why a password is not taken. */
export type PasswordFault = 'too_short' | 'common' | 'owner';

const OF_THE_SITE = ['countersign', 'password', 'passwort', 'operator', 'withdrawal', 'mining', 'hashdam', 'mblock'];
const WORD_CHARS_MIN = 3;
/** One or two parts off a list are guessed in no time; a third makes a passphrase of them. */
const PARTS_MAX = 2;

/**
 * Length and a blocklist, nothing about kinds of characters. A password is refused when it is nothing but one or two parts
 * that a guesser tries first: passwords of the list, words of the site, the owner's name or address, one thing repeated, keys
 * or letters in a row. `common` holds the list in small letters.
 */
export function passwordFault(
  password: string,
  owner: PasswordOwner,
  common: ReadonlySet<string>,
): PasswordFault | null {
  const text = password.normalize('NFKC');
  if ([...text].length < PASSWORD_CHARS_MIN) return 'too_short';
  const plain = text.toLowerCase().replace(/[\s._\-+@]+/g, '');
  const own = new Set(wordsOf(owner));
  const isKnown = (part: string) => common.has(part) || OF_THE_SITE.includes(part) || isRun(part) || isRepeated(part);
  if (madeOf(plain, (part) => own.has(part) || isKnown(part))) return madeOf(plain, isKnown) ? 'common' : 'owner';
  return null;
}

function wordsOf({ email, name }: PasswordOwner): string[] {
  const parts = `${email} ${name}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const joined = [email, email.split('@')[0] ?? '', name].map((each) => each.toLowerCase().replace(/[\s._\-+@]+/g, ''));
  return [...parts, ...joined].filter((word) => word.length >= WORD_CHARS_MIN);
}

function madeOf(text: string, isPart: (part: string) => boolean, parts = PARTS_MAX): boolean {
  if (text === '' || isPart(text)) return true;
  if (parts === 1) return false;
  for (let cut = 1; cut < text.length; cut += 1) {
    if (isPart(text.slice(0, cut)) && madeOf(text.slice(cut), isPart, parts - 1)) return true;
  }
  return false;
}

const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', '1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const ALL_ROWS = ROWS.flatMap((row) => [row, [...row].reverse().join('')]).map((row) => row + row);

/** Keys, letters or digits one after the other, either way. */
const isRun = (text: string): boolean => ALL_ROWS.some((row) => row.includes(text));

/** The same few characters again and again, the last time perhaps not to the end. */
function isRepeated(text: string): boolean {
  for (let size = 1; size <= Math.min(UNIT_CHARS_MAX, Math.floor(text.length / 2)); size += 1) {
    if (
      text
        .slice(0, size)
        .repeat(Math.ceil(text.length / size))
        .startsWith(text)
    )
      return true;
  }
  return false;
}

const UNIT_CHARS_MAX = 10;
