import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environment } from '#server/config/environment.ts';
import { Secret } from '#server/kernel/secret.ts';
import type { LocalSecrets } from '../local/secrets.ts';
import type { KnownSecret } from './secret-search.ts';

/** Whatever the product itself wraps, in lists and in parts of one as well. */
function wrappedIn(value: unknown): string[] {
  if (value instanceof Secret) return [value.reveal()];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wrappedIn) : [];
}

/** Of an address its password; without one, the parts of its path, which a webhook's address is known by. */
function secretPartsOf(text: string): string[] {
  if (!URL.canParse(text) || !text.includes('://')) return [text];
  const { password, pathname, searchParams } = new URL(text);
  return password ? [decodeURIComponent(password)] : [...pathname.split('/'), ...searchParams.values()];
}

/** Everything secret in an environment of the product, by the names of the variables. */
export const secretsOfEnvironment = (env: Readonly<Record<string, string | undefined>>): KnownSecret[] =>
  Object.entries(environment.shape).flatMap(([name, field]) =>
    wrappedIn(field.safeParse(env[name]).data)
      .flatMap(secretPartsOf)
      .map((text) => ({ name, text })),
  );

/** The token in a `name=value` that a browser is given or sends, without the seal behind its dot. */
export function secretOfCookie(pair: string): KnownSecret {
  const [name = '', value = ''] = pair.trim().split(/[=;]/);
  return { name: `cookie ${name}`, text: decodeURIComponent(value).split('.')[0] ?? '' };
}

const OF_VENDOR = /"(walletKey|feeWalletKey|callback)":"([^"]+)"/g;

/** What the simulated vendor gave out and was told: keys of wallets, and the ends of addresses that only it may call. */
export function secretsOfVendor(dataFolder: string): KnownSecret[] {
  const events = readFileSync(join(dataFolder, 'simulators', 'mblock.jsonl'), 'utf8');
  return [...events.matchAll(OF_VENDOR)].map(([, name = '', text = '']) => ({
    name,
    text: text.split('/').at(-1) ?? '',
  }));
}

/** What web and worker were told, and what the programs beside them know. */
interface RunningStack {
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: LocalSecrets;
  readonly logFolder: string;
}

/** All that a stack runs with; its wallets' keys grow more while it runs. */
export const secretsOfStack = ({ env, secrets, logFolder }: RunningStack): KnownSecret[] => [
  ...secretsOfEnvironment(env),
  ...Object.entries(secrets).map(([name, text]) => ({ name, text })),
  ...secretsOfVendor(dirname(logFolder)),
];
