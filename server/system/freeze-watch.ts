import type { Client } from 'pg';
import { DatabaseWatch } from '#server/database/watch.ts';
import type { ProviderName } from '#server/kernel/provider-outcome.ts';
import type { Secret } from '#server/kernel/secret.ts';
import type { FreezeScope } from './statuses.ts';
import type { Sending } from './stops.ts';

interface Stops {
  readonly freezes: readonly { readonly scope: FreezeScope; readonly target: string | null }[];
  readonly paused: readonly ProviderName[];
}

/**
 * What is frozen or paused, known to this process without asking: the provider client needs the answer in the tick of
 * the first byte. When it cannot know, the answer is to stop.
 */
export class FreezeWatch {
  readonly #watch: DatabaseWatch<Stops>;

  constructor(deps: { url: Secret; onError: (error: unknown) => void }) {
    this.#watch = new DatabaseWatch({ ...deps, channel: 'stops', read: readStops });
  }

  /** Resolves when it is known for the first time, or could not be read. */
  start(): Promise<void> {
    return this.#watch.start();
  }

  stop(): Promise<void> {
    return this.#watch.stop();
  }

  mayLeave({ provider, asset, walletId }: Sending): boolean {
    const stops = this.#watch.current();
    if (!stops || stops.paused.includes(provider)) return false;
    const covered = { all: null, provider, asset, wallet: walletId };
    return !stops.freezes.some(({ scope, target }) => scope === 'all' || covered[scope] === target);
  }
}

async function readStops(client: Client): Promise<Stops> {
  const { rows: freezes } = await client.query<Stops['freezes'][number]>(
    'select scope, target from freezes where lifted_at is null',
  );
  const { rows: paused } = await client.query<{ provider: ProviderName }>(
    'select provider from provider_states where paused_at is not null',
  );
  return { freezes, paused: paused.map(({ provider }) => provider) };
}
