import { appendFileSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { type CountersignClient, createClient } from '#server/client/index.ts';
import { type ApiCaller, createBackendKey } from '../local/callers.ts';
import type { LocalServices } from '../local/services.ts';

const NAME = 'DEMO_API_KEY';

async function isAccepted(platform: CountersignClient): Promise<boolean> {
  return platform.assets.list.query({}).then(
    () => true,
    () => false,
  );
}

/** The platform's backend, played by the demo: its key is kept beside the other secrets. */
export async function platformClient(
  services: Pick<LocalServices, 'appUrl' | 'secretsFile'>,
  admin: ApiCaller,
): Promise<CountersignClient> {
  const { appUrl, secretsFile } = services;
  const kept = parseEnv(readFileSync(secretsFile, 'utf8'))[NAME];
  const known = kept ? createClient({ url: appUrl, apiKey: kept }) : undefined;
  if (known && (await isAccepted(known))) return known;
  const key = await createBackendKey(admin, 'platform backend (demo)');
  appendFileSync(secretsFile, `${NAME}=${key}\n`);
  return createClient({ url: appUrl, apiKey: key });
}
