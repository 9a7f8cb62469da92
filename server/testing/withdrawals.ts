import { WORKER } from '#server/jobs/job-context.ts';
import type { OperatorRole } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { JournalEntry } from '#server/simulators/index.ts';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import type { PayoutOrder } from '#server/withdrawals/index.ts';
import { FINAL_WORD_WITHIN_MS } from '#server/withdrawals/payout-policy.ts';
import type { Caller, Signed, TestApplication } from './application.ts';
import { aMember } from './members.ts';

type Holder = Awaited<ReturnType<TestApplication['withKey']>>;

const people = new WeakMap<TestApplication, Map<string, Promise<Signed>>>();
const platforms = new WeakMap<TestApplication, Promise<Holder>>();

/** The same operator at every call with the same name: making one costs a password hash. */
export function operatorOf(app: TestApplication, role: OperatorRole = 'finance', name = 'first'): Promise<Signed> {
  const known = people.get(app) ?? new Map<string, Promise<Signed>>();
  people.set(app, known);
  const operator = known.get(`${role} ${name}`) ?? app.signedInAs(role);
  known.set(`${role} ${name}`, operator);
  return operator;
}

/** The platform's backend, with a key that may do all a key can. */
export function platformOf(app: TestApplication): Promise<Holder> {
  const platform = platforms.get(app) ?? app.withKey('read', 'credit', 'withdraw', 'wallets');
  platforms.set(app, platform);
  return platform;
}

let made = 0;
/** Another amount each time, below one coin: the pool's journal then tells the payouts of a file apart. */
export const anAmount = (): string => `0.00${(100_000 + ++made).toString().replace(/0+$/, '')}`;

export interface Asked {
  readonly id: string;
  readonly memberId: string;
  readonly asset: string;
  readonly amount: string;
  readonly digest: string;
}

export interface Wish {
  readonly memberId?: string;
  readonly asset?: string;
  readonly amount?: string;
  /** What the member is credited first; `0` for a member who has coins already. */
  readonly funds?: string;
  readonly by?: Caller;
}

/** As many as the strictest tier of these tests asks for, so that nobody is warned that there are too few. */
async function enoughPeople(app: TestApplication): Promise<void> {
  for (const name of ['first', 'second']) await operatorOf(app, 'finance', name);
}

/** A withdrawal that was asked for, of a member who was given 100 coins before. */
export async function asked(app: TestApplication, wish: Wish = {}): Promise<Asked> {
  const { memberId = aMember(), asset = 'LTC', amount = anAmount(), funds = '100' } = wish;
  const { caller } = await platformOf(app);
  await enoughPeople(app);
  if (funds !== '0') {
    await caller.ledger.credit({ memberId, asset, amount: funds, reference: newId(), idempotencyKey: newId() });
  }
  const by = wish.by ?? caller;
  const { id, digest } = await by.withdrawals.request({ memberId, asset, amount, idempotencyKey: newId() });
  return { id, memberId, asset, amount, digest };
}

/** The same, approved by as many people as it needs. Its payout is on the queue and has not run. */
export async function approved(app: TestApplication, wish: Wish = {}): Promise<Asked> {
  const request = await asked(app, wish);
  for (const name of ['first', 'second']) {
    const { caller } = await operatorOf(app, 'finance', name);
    const { status } = await caller.withdrawals.approve({ id: request.id, digest: request.digest });
    if (status === 'approved') return request;
  }
  throw new Error('two people were not enough');
}

/** The same, and the pool has taken it; nothing is known yet of what became of it. */
export async function submitted(app: TestApplication, wish: Wish = {}): Promise<Asked & { reference: string }> {
  const request = await approved(app, wish);
  await app.jobs.drain('payout.dispatch');
  const { attempts } = await shown(app, request);
  return { ...request, reference: attempts[0]?.reference ?? '' };
}

/** The fence is committed and the sender is gone: nobody sends, nobody writes what came of it. */
export async function fenced(
  app: TestApplication,
  { id: withdrawalId }: { id: string },
  worker = 'gone',
): Promise<PayoutOrder | null> {
  const { sessions } = app.container;
  const seen = await sessions.withoutTransaction(({ payoutFence }) => payoutFence.look(withdrawalId));
  const sender = {
    worker,
    deadlineMs: 250,
    transitDeadlineMs: FINAL_WORD_WITHIN_MS.wallet_transit,
    mayLeave: () => true,
  };
  return sessions.inTransaction(({ payoutFence }) =>
    payoutFence.fence({ withdrawalId, before: seen?.before ?? null }, sender, WORKER),
  );
}

/** The same, and nobody knows what became of it: the worker is gone, its lease over. */
export async function unknown(app: TestApplication, wish: Wish = {}): Promise<Asked & { attemptId: string }> {
  const request = await approved(app, wish);
  const order = await fenced(app, request);
  await app.sql('update payout_attempts set lease_until = now() where withdrawal_id = ?', [request.id]);
  await app.jobs.hurry('payout.recover');
  return { ...request, attemptId: order?.attemptId ?? '' };
}

/** A document a person found, attached to an attempt. */
export async function documented(
  app: TestApplication,
  { id, attemptId }: { id: string; attemptId: string },
): Promise<string> {
  const { caller } = await operatorOf(app);
  const name = 'what the provider shows';
  return (await caller.withdrawals.attachEvidence({ id, attemptId, name, text: 'https://list.example/1' })).evidenceId;
}

/** Its quiet period, in a rehearsal a moment long, is over: the list was read three times since and shows nothing. */
export async function quietFor(app: TestApplication, of: { id: string; attemptId: string }): Promise<string> {
  await app.sql(`update payout_attempts set send_by = now() - interval '1 second' where id = ?`, [of.attemptId]);
  const { caller } = await operatorOf(app);
  for (const _read of [1, 2, 3]) {
    await caller.withdrawals.recheck({ id: of.id });
    await app.jobs.drain('payout.look-up');
  }
  return documented(app, of);
}

export async function shown(app: TestApplication, { id }: { id: string }): Promise<WithdrawalView> {
  const { caller } = await operatorOf(app);
  return caller.withdrawals.get({ id });
}

/** What the pool really did for this withdrawal, whoever was told. */
export const paidOut = (app: TestApplication, { amount, asset }: Asked): readonly JournalEntry[] =>
  app.hashdam.journal().filter((entry) => entry.amount === amount && entry.asset === asset);

/** What the books say of a member: available, held (in flight included), in flight, payable. */
export async function purse(app: TestApplication, { memberId, asset }: Asked): Promise<string> {
  const { caller } = await platformOf(app);
  const balance = (await caller.ledger.balances({ memberId })).find((row) => row.asset === asset);
  return [balance?.available, balance?.held, balance?.inFlight, balance?.payable].join('/');
}

/** How often a withdrawal was booked, by kind of posting. */
export async function bookings(app: TestApplication, { id }: { id: string }): Promise<Record<string, number>> {
  const rows = await app.sql<{ kind: string; count: number }>(
    'select kind, count(*)::int as count from ledger_transactions where withdrawal_id = ? group by kind order by kind',
    [id],
  );
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
}

/** How long after the end of its last attempt a withdrawal is tried again. */
export async function nextTryMs(app: TestApplication, { id }: { id: string }): Promise<number> {
  const [row] = await app.sql<{ ms: number }>(
    `select (extract(epoch from w.next_attempt_at - max(a.ended_at)) * 1000)::int as ms
     from withdrawals w join payout_attempts a on a.withdrawal_id = w.id where w.id = ? group by w.id`,
    [id],
  );
  return row?.ms ?? Number.NaN;
}

/** Everything that could happen by itself, made to happen, several times over. */
export async function whateverMayCome(app: TestApplication): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await app.jobs.hurry('payout.dispatch', 'payout.look-up', 'payout.recover');
  }
}

/** The code of a refusal; `none` when there was none. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'none';
  } catch (error) {
    return domainCodeOf(error);
  }
}

export function domainCodeOf(error: unknown): string {
  const refused = error instanceof DomainError ? error : error instanceof Error ? error.cause : undefined;
  return refused instanceof DomainError ? refused.code : `untyped: ${String(error)}`;
}
