import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseEnv } from 'node:util';
import { toBase32 } from '#server/operators/second-factor/base32.ts';

/** For whatever has to act as a person without waiting for codes. */
export const newPasskey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ format: 'der', type: 'pkcs8' })
    .toString('base64');

/** What a stack on one's own machine makes up for itself. */
const MAKERS = {
  AUTH_SECRET: () => randomBytes(48).toString('base64'),
  ENCRYPTION_KEYS: () => `k1:${randomBytes(32).toString('base64')}`,
  AUDIT_SIGNING_KEYS: () => randomBytes(32).toString('base64'),
  HASHDAM_API_KEY: () => randomBytes(24).toString('hex'),
  MBLOCK_API_KEY: () => randomBytes(24).toString('hex'),
  DEMO_PASSWORD: () => randomBytes(12).toString('base64url'),
  /** What an authenticator app is given for every account of the stack that needs one. */
  DEMO_TOTP_KEY: () => toBase32(randomBytes(20)),
  /** The passkey of the programs that act as people: a P-256 key as PKCS #8. */
  LOCAL_PASSKEY: newPasskey,
} as const;

type SecretName = keyof typeof MAKERS;
export type LocalSecrets = Readonly<Record<SecretName, string>>;

/** The secrets in this file, readable by its owner alone; those it lacks are made and added. */
export function localSecrets(file: string): LocalSecrets {
  const kept: Record<string, string | undefined> = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const names = Object.keys(MAKERS) as SecretName[];
  const secrets = Object.fromEntries(names.map((name) => [name, kept[name] || MAKERS[name]()])) as LocalSecrets;
  if (names.some((name) => kept[name] !== secrets[name])) {
    mkdirSync(dirname(file), { recursive: true });
    const merged = { ...kept, ...secrets };
    writeFileSync(
      file,
      `${Object.entries(merged)
        .map(([name, value]) => `${name}=${value}`)
        .join('\n')}\n`,
      { mode: 0o600 },
    );
    chmodSync(file, 0o600);
  }
  return secrets;
}
