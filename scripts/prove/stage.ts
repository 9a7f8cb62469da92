import { type Cast, castOf } from '../chaos/callers.ts';
import type { Promised } from '../chaos/load.ts';
import { freshFolder, prepare } from '../chaos/run.ts';
import { openWorld, type World } from '../chaos/world.ts';
import { withClient } from '../database/index.ts';

/** The product as processes, with members who have coins and people who are signed in: where scenarios are played. */
export interface Stage {
  readonly world: World;
  readonly cast: Cast;
  sql<Row>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** A withdrawal that was asked for, over a sum no other one of this stage has; one vote approves it. */
  ask(): Promise<Asked>;
}

export interface Asked {
  readonly id: string;
  readonly digest: string;
  readonly amount: string;
}

export async function openStage(name: string, overrides: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const world = await openWorld({ ...freshFolder(name), overrides });
  const cast = await castOf(world);
  const promised: Promised = { credits: new Set(), requests: new Map(), votes: new Set() };
  await prepare(world, cast, promised);
  let asked = 0;
  return {
    world,
    cast,
    sql: (text, parameters = []) =>
      withClient(world.databaseUrl(), async (client) => (await client.query(text, [...parameters])).rows),
    async ask() {
      asked += 1;
      const amount = `0.0${100_000 + asked}`.replace(/0+$/, '');
      const order = { memberId: 'member-1', asset: 'LTC', amount, idempotencyKey: `${name}-${asked}` };
      const { id, digest } = await cast.platform.ask((client) => client.withdrawals.request.mutate(order));
      return { id, digest, amount };
    },
  };
}

/** How often each thing was said. */
export function tallied(said: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const each of said) counts[each] = (counts[each] ?? 0) + 1;
  return counts;
}

/** What a scenario measured, and whether the promise held. */
export interface Measured {
  readonly holds: boolean;
  readonly figures: readonly string[];
}
