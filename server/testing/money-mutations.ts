import { WORKER } from '#server/jobs/job-context.ts';
import { newId } from '#server/kernel/ids.ts';
import type { ProviderOutcome } from '#server/kernel/provider-outcome.ts';
import type { PoolWithdrawal } from '#server/mining/index.ts';
import type { Services } from '#server/services.ts';
import type { Signed, TestApplication } from './application.ts';
import { DECISION_MUTATIONS } from './decision-mutations.ts';
import { frozen } from './freezes.ts';
import { aMember } from './members.ts';
import type { MoneyMutation, Prepared } from './money-mutation.ts';
import { approved, asked, fenced, operatorOf, platformOf, submitted } from './withdrawals.ts';

const inTransaction = (app: TestApplication, work: (services: Services) => Promise<unknown>) => () =>
  app.container.sessions.inTransaction(work);

/** The second factor is given beforehand: it is no part of the unit of work. */
async function approval({ plain, grant }: Signed, input: { id: string; digest: string }): Promise<Prepared> {
  await grant('withdrawals.approve', input);
  return () => plain.withdrawals.approve(input);
}

const evidence = {
  provider: 'hashdam',
  method: 'assetWithdrawRequest',
  startedAt: '2026-11-24T00:00:00.000Z',
  endedAt: '2026-11-24T00:00:01.000Z',
  bytesWritten: true,
} as const;
type Outcome = ProviderOutcome<{ reference: string }>;

const OUTCOMES: Readonly<Record<string, () => Outcome>> = {
  'was accepted': () => ({ kind: 'accepted', value: { reference: newId() }, evidence }),
  'is unknown': () => ({ kind: 'unknown', reason: 'no_reply', evidence }),
  'did not run and may be tried again': () => ({ kind: 'rejected', retry: 'again', reason: 'refused', evidence }),
  'did not run and never will': () => ({ kind: 'rejected', retry: 'never', reason: 'refused', evidence }),
  'waits for funds': () => ({ kind: 'rejected', retry: 'when_funded', reason: 'no_funds', evidence }),
  'is blocked': () => ({ kind: 'blocked', scope: 'provider', reason: 'wrong_key', evidence }),
};

const recorded = ([ending, outcomeOf]: [string, () => Outcome]): MoneyMutation => ({
  name: `recording that a payout ${ending}`,
  async prepare(app) {
    // What was blocked before has been mended since.
    await app.sql('update provider_states set paused_at = null, pause_reason = null');
    const order = await fenced(app, await approved(app));
    if (!order) throw new Error('the payout was not fenced');
    const outcome = outcomeOf();
    return inTransaction(app, ({ payouts }) => payouts.record(order, outcome, WORKER));
  },
});

const answered = (status: PoolWithdrawal['status']): MoneyMutation => ({
  name: `reading that a payout is ${status}`,
  async prepare(app) {
    await app.sql('update provider_states set paused_at = null, pause_reason = null');
    const { id, reference, asset, amount } = await submitted(app);
    const [attempt] = await app.sql<{ id: string }>('select id from payout_attempts where withdrawal_id = ?', [id]);
    const row = { reference, asset, amount, fee: '0.001', address: null, type: 'interUser', status, rawStatus: status };
    const seen = { rows: [{ ...row, message: null, createdAt: null }], begunAt: new Date() };
    return inTransaction(app, ({ payoutLookUps }) => payoutLookUps.answer(attempt?.id ?? '', seen, WORKER));
  },
});

const vote = (
  name: string,
  procedure: string,
  call: (app: TestApplication, id: string, digest: string) => Promise<Prepared>,
) => ({
  name,
  procedure,
  async prepare(app: TestApplication) {
    const { id, digest } = await asked(app, { amount: '2' });
    return call(app, id, digest);
  },
});

/** Every unit of work that moves money or decides about it. Whoever adds one adds it here. */
export const MONEY_MUTATIONS: readonly MoneyMutation[] = [
  {
    name: 'a credit',
    procedure: 'ledger.credit',
    async prepare(app) {
      const { caller } = await platformOf(app);
      const credit = { memberId: aMember(), asset: 'LTC', amount: '1', reference: newId(), idempotencyKey: newId() };
      return () => caller.ledger.credit(credit);
    },
  },
  {
    name: 'a request',
    procedure: 'withdrawals.request',
    async prepare(app) {
      const { caller } = await platformOf(app);
      const { memberId, asset } = await asked(app);
      const request = { memberId, asset, amount: '0.3', idempotencyKey: newId() };
      return () => caller.withdrawals.request(request);
    },
  },
  vote('the first of two approvals', 'withdrawals.approve', async (app, id, digest) => {
    return approval(await operatorOf(app, 'finance', 'first'), { id, digest });
  }),
  vote('the last approval', 'withdrawals.approve', async (app, id, digest) => {
    await (await operatorOf(app, 'finance', 'first')).caller.withdrawals.approve({ id, digest });
    return approval(await operatorOf(app, 'finance', 'second'), { id, digest });
  }),
  vote('a rejection', 'withdrawals.reject', async (app, id) => {
    const { caller } = await operatorOf(app, 'finance', 'first');
    return () => caller.withdrawals.reject({ id, reason: 'no' });
  }),
  vote('a cancellation', 'withdrawals.cancel', async (app, id) => {
    const { caller } = await platformOf(app);
    return () => caller.withdrawals.cancel({ id });
  }),
  {
    name: 'an expiry',
    async prepare(app) {
      const { id } = await asked(app);
      await app.sql(`update withdrawals set expires_at = '2026-01-01' where id = ?`, [id]);
      return inTransaction(app, ({ withdrawals }) => withdrawals.expire(id, WORKER));
    },
  },
  {
    name: 'the fence',
    async prepare(app) {
      const request = await approved(app);
      return () => fenced(app, request);
    },
  },
  ...Object.entries(OUTCOMES).map(recorded),
  answered('completed'),
  answered('failed'),
  {
    name: 'the end of a lease',
    async prepare(app) {
      const { id } = await approved(app);
      const order = await fenced(app, { id });
      await app.sql('update payout_attempts set lease_until = now() where withdrawal_id = ?', [id]);
      return inTransaction(app, ({ payouts }) => payouts.recover(order?.attemptId ?? '', WORKER));
    },
  },
  ...DECISION_MUTATIONS,
  {
    name: 'a day of the pool',
    async prepare(app) {
      const day = new Date(app.clock.now().getTime() - 2 * 86_400_000).toISOString().slice(0, 10);
      const range = { from: day, to: day };
      const readings = await app.container.sessions.withoutTransaction(({ miningCollector }) =>
        miningCollector.read(range),
      );
      return inTransaction(app, ({ miningCollector }) => miningCollector.keep(readings, WORKER));
    },
  },
  {
    name: 'folding the books',
    prepare: async (app) => inTransaction(app, ({ ledger }) => ledger.fold()),
  },
  {
    name: 'a job that is sent again',
    async prepare(app) {
      await approved(app);
      await app.sql(`delete from pgboss.job where name = 'payout.dispatch'`);
      return inTransaction(app, ({ lostJobs }) => lostJobs.rearm());
    },
  },
  {
    name: 'a freeze',
    procedure: 'system.freeze',
    async prepare(app) {
      const { caller } = await operatorOf(app);
      return () => caller.system.freeze({ scope: 'asset', target: 'DINGO', reason: 'something looks wrong' });
    },
  },
  ...['the first word for lifting a freeze', 'the second word'].map((name, already) => ({
    name,
    procedure: 'system.unfreeze',
    async prepare(app: TestApplication) {
      const { id } = await frozen(app, { scope: 'provider', target: 'mblock' });
      const callers = [await operatorOf(app, 'admin', 'first'), await operatorOf(app, 'admin', 'second')];
      const [next] = callers.slice(already);
      const lift = { id, reason: 'looked at' };
      if (already > 0) await callers[0]?.caller.system.unfreeze(lift);
      await next?.grant('system.unfreeze', lift);
      return async () => next?.plain.system.unfreeze(lift);
    },
  })),
];
