import { setTimeout as pause } from 'node:timers/promises';
import { withClient } from '../../database/index.ts';
import { type Measured, type Stage, tallied } from '../stage.ts';

const CLIENTS = 8;
const RECOVERED_WITHIN_MS = 10_000;
const CALM_MS = 500;
const SILENT_MS = 1_500;
const POOL_HELD_MS = 1_500;

/** Locks every row of the books' accounts from outside, so that all who want to book wait for a connection. */
async function exhaustPools({ world }: Stage): Promise<void> {
  await withClient(world.databaseUrl(), async (client) => {
    await client.query('begin');
    await client.query('lock table ledger_entries in access exclusive mode');
    await pause(POOL_HELD_MS);
    await client.query('rollback');
  });
}

const LOSSES: readonly { readonly name: string; readonly happen: (stage: Stage) => Promise<void> }[] = [
  { name: 'power cut', happen: ({ world }) => world.crashDatabase(300) },
  {
    name: 'wire cut',
    happen: async ({ world }) => world.links.database.cut(),
  },
  {
    name: 'silence',
    happen: async ({ world }) => {
      world.links.database.blackHole(true);
      await pause(SILENT_MS);
      world.links.database.blackHole(false);
    },
  },
  { name: 'pool exhausted', happen: exhaustPools },
];

/** How long after the database is back a web takes to be ready again. */
async function recoveryMs({ world }: Stage): Promise<number> {
  const from = Date.now();
  for (const url of world.webUrls) {
    while (Date.now() - from < RECOVERED_WITHIN_MS * 3) {
      const answer = await fetch(`${url}/api/health/ready`).catch(() => null);
      if (answer?.ok) break;
      await pause(50);
    }
  }
  return Date.now() - from;
}

/** Row 13: the database goes away under load, in several ways. Nothing acknowledged is lost, and nobody sees a 500. */
export async function databaseLoss(stage: Stage, times: number): Promise<Measured> {
  const { world, cast } = stage;
  const startsBefore = [...world.members.values()].map(({ starts }) => starts);
  const acknowledged: string[] = [];
  const said: string[] = [];
  let isOver = false;
  const clients = Array.from({ length: CLIENTS }, async (_, client) => {
    for (let at = 0; !isOver; at += 1) {
      const reference = `loss-${client}-${at}`;
      const credit = { memberId: `saver-${client}`, asset: 'PEP', amount: '1', reference, idempotencyKey: reference };
      const ending = await cast.platform.once(
        (caller) => caller.ledger.credit.mutate(credit),
        () => 'yes',
      );
      said.push(ending);
      if (ending === 'yes') acknowledged.push(reference);
      else await pause(50);
    }
  });
  const recoveries: number[] = [];
  for (let at = 0; at < times; at += 1) {
    await pause(CALM_MS);
    await LOSSES[at % LOSSES.length]?.happen(stage);
    recoveries.push(await recoveryMs(stage));
  }
  isOver = true;
  await Promise.all(clients);
  const kept = await stage.sql<{ reference: string }>(
    `select reference from ledger_transactions where kind = 'CREDIT' and reference like 'loss-%'`,
  );
  const keptOnes = new Set(kept.map(({ reference }) => reference));
  const lost = acknowledged.filter((reference) => !keptOnes.has(reference)).length;
  const answers = tallied(said);
  const restarted = [...world.members.values()].filter(({ starts }, at) => starts !== startsBefore[at]).length;
  const slowest = Math.max(...recoveries);
  return {
    holds: lost === 0 && (answers['500'] ?? 0) === 0 && slowest <= RECOVERED_WITHIN_MS && restarted === 0,
    figures: [
      `${times} losses under ${CLIENTS} clients: ${JSON.stringify(answers)}`,
      `${lost} of ${acknowledged.length} acknowledged credits lost, ${kept.length - keptOnes.size} booked twice`,
      `ready again ${slowest} ms after at most; ${restarted} processes had to start again`,
    ],
  };
}
