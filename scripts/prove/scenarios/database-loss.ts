import { setTimeout as pause } from 'node:timers/promises';
import { stuckIn, unpaidOrPaidTwice } from '../../chaos/checker.ts';
import { journalOf, readFacts } from '../../chaos/facts.ts';
import { untilQuiet } from '../../chaos/run.ts';
import { closeAll } from '../../processes/shutdown.ts';
import { type Measured, openStage, type Stage, tallied } from '../stage.ts';
import { diskFull, FAIL_OVER, LOSSES, type Loss, onSmallDisk, VENDORS_KILLED } from './losses.ts';

const CLIENTS = 8;
const RECOVERED_WITHIN_MS = 10_000;
const CALM_MS = 500;
const AGAIN_AFTER_MS = 50;
const APPROVE_EVERY_MS = 100;

/** Work that goes on all the while, and what was said yes to. */
class Load {
  readonly said: string[] = [];
  readonly credits: string[] = [];
  readonly approvals: { readonly id: string; readonly amount: string }[] = [];
  readonly #stage: Stage;
  readonly #name: string;
  readonly #done: Promise<unknown>;
  #isOver = false;

  constructor(stage: Stage, name: string) {
    this.#stage = stage;
    this.#name = name;
    const clients = Array.from({ length: CLIENTS }, (_, client) => this.#credit(client));
    this.#done = Promise.all([...clients, this.#approve(0), this.#approve(1)]);
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#done;
  }

  async #credit(client: number): Promise<void> {
    for (let at = 0; !this.#isOver; at += 1) {
      const reference = `${this.#name}-${client}-${at}`;
      const credit = { memberId: `saver-${client}`, asset: 'PEP', amount: '1', reference, idempotencyKey: reference };
      const ending = await this.#stage.cast.platform.once(
        (caller) => caller.ledger.credit.mutate(credit),
        () => 'yes',
      );
      this.said.push(ending);
      if (ending === 'yes') this.credits.push(reference);
      else await pause(AGAIN_AFTER_MS);
    }
  }

  async #approve(person: 0 | 1): Promise<void> {
    for (; !this.#isOver; await pause(APPROVE_EVERY_MS)) {
      const asked = await this.#stage.ask();
      const ending = await this.#stage.cast.finance[person].once(
        (caller) => caller.withdrawals.approve.mutate({ id: asked.id, digest: asked.digest }),
        ({ status }) => (status === 'approved' ? 'yes' : status),
      );
      this.said.push(ending);
      if (ending === 'yes') this.approvals.push(asked);
    }
  }
}

/** How long it takes until every web is ready again and somebody has been told yes. */
async function recoveryMs(stage: Stage, { said }: Load, { name, mend }: Loss): Promise<number> {
  const from = Date.now();
  const before = said.length;
  const isBack = async () => {
    const ready = stage.world.webUrls.map((url) => fetch(`${url}/api/health/ready`).catch(() => null));
    return (await Promise.all(ready)).every((answer) => answer?.ok) && said.slice(before).includes('yes');
  };
  while (!(await isBack())) {
    if (Date.now() - from > RECOVERED_WITHIN_MS * 3) throw new Error(`nothing came back after: ${name}`);
    await mend?.(stage);
    await pause(AGAIN_AFTER_MS);
  }
  return Date.now() - from;
}

async function suffer(stage: Stage, load: Load, losses: readonly Loss[]): Promise<readonly number[]> {
  const recoveries: number[] = [];
  for (const loss of losses) {
    await pause(CALM_MS);
    await loss.happen(stage, load.said);
    recoveries.push(await recoveryMs(stage, load, loss));
  }
  return recoveries;
}

/** Of what was said yes to, how much is not there. */
async function lostOf({ sql }: Stage, { credits, approvals }: Load): Promise<{ credits: number; approvals: number }> {
  const booked = await sql<{ reference: string }>(
    `select reference from ledger_transactions where kind = 'CREDIT' and reference = any ($1)`,
    [credits],
  );
  const votes = await sql<{ id: string }>(
    'select distinct withdrawal_id as id from withdrawal_approvals where withdrawal_id = any ($1)',
    [approvals.map(({ id }) => id)],
  );
  return { credits: credits.length - booked.length, approvals: approvals.length - votes.length };
}

const timesEach = (losses: readonly Loss[]): string => JSON.stringify(tallied(losses.map(({ name }) => name)));

async function lossesProve(stage: Stage, name: string, losses: readonly Loss[]): Promise<Measured> {
  const { members } = stage.world;
  const startsBefore = [...members.values()].map(({ starts }) => starts);
  const load = new Load(stage, name);
  const slowest = Math.max(...(await suffer(stage, load, losses)));
  await load.end();
  const lost = await lostOf(stage, load);
  const restarted = [...members.values()].filter(({ starts }, at) => starts !== startsBefore[at]).length;
  const answers = tallied(load.said);
  const isLost = lost.credits !== 0 || lost.approvals !== 0;
  return {
    holds: !isLost && (answers['500'] ?? 0) === 0 && slowest <= RECOVERED_WITHIN_MS && restarted === 0,
    figures: [
      `${losses.length} losses under ${CLIENTS + 2} clients, ${timesEach(losses)}: ${JSON.stringify(answers)}`,
      `${lost.approvals} of ${load.approvals.length} acknowledged approvals lost, ${lost.credits} of ${load.credits.length} credits`,
      `ready again ${slowest} ms after at most; ${restarted} processes had to start again`,
    ],
  };
}

/** Row 13: the database goes away under load, in several ways. Nothing acknowledged is lost, and nobody sees a 500. */
export const databaseLoss = (stage: Stage, times: number): Promise<Measured> =>
  lossesProve(stage, 'loss', take(LOSSES, times));

const take = (losses: readonly Loss[], times: number): readonly Loss[] =>
  Array.from({ length: times }, (_, at) => losses[at % losses.length]).filter((loss) => loss !== undefined);

/** Whoever was not told yes asks again; then all is paid as the books say, though the vendors died as well. */
async function paidOnce({ world, sql, cast }: Stage): Promise<Measured> {
  const open = await sql<{ id: string; digest: string }>(`select id, digest from withdrawals where status = 'pending'`);
  for (const { id, digest } of open)
    await cast.finance[0].call((caller) => caller.withdrawals.approve.mutate({ id, digest }));
  await untilQuiet(world);
  const facts = await readFacts(world.databaseUrl(), await journalOf(world.vendors));
  const findings = [
    ...unpaidOrPaidTwice(facts),
    ...stuckIn(facts).map(({ id, status }) => `stuck: ${id} is ${status}`),
  ];
  const ends = JSON.stringify(tallied(facts.withdrawals.map(({ status }) => status)));
  return { holds: findings.length === 0, figures: [`what became of all withdrawals: ${ends}`, ...findings] };
}

const together = (...parts: readonly Measured[]): Measured => ({
  holds: parts.every(({ holds }) => holds),
  figures: parts.flatMap(({ figures }) => figures),
});

/** The same with everything that takes longer: full disks, vendors that die meanwhile, and at last another server. */
export async function everyLoss(times: number): Promise<Measured> {
  const stage = await openStage('prove');
  const losses = await onSmallDisk(stage, async (disk) => {
    const all = take([...LOSSES, VENDORS_KILLED, ...(disk ? [diskFull(disk)] : [])], times);
    const measured = await lossesProve(stage, 'loss', all);
    const skipped = 'disk full: NOT measured, this account may not mount a small disk';
    return disk ? measured : { ...measured, figures: [...measured.figures, skipped] };
  });
  await stage.world.onDatabase((drills) => drills.standBy());
  const promoted = await lossesProve(stage, 'failover', [FAIL_OVER]);
  const measured = together(losses, promoted, await paidOnce(stage));
  await closeAll();
  return measured;
}
