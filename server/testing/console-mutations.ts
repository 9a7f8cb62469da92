import { WORKER } from '#server/jobs/job-context.ts';
import type { OperatorRole } from '#server/kernel/actor.ts';
import { newId } from '#server/kernel/ids.ts';
import type { TestApplication } from './application.ts';
import { refused } from './late-payments.ts';
import { aMember } from './members.ts';
import type { MoneyMutation } from './money-mutation.ts';
import { aFundedWallet, aWalletWith, BNB, STRANGER, USDT } from './wallet-payouts.ts';
import { asked, operatorOf, platformOf, unknown } from './withdrawals.ts';

const DAY_MS = 86_400_000;
/** An address is listed once for each coin, and proposed once at a time. */
const COINS = ['LTC', 'DOGE', 'BELLS', 'LKY', 'PEP', 'JKC', 'DINGO', 'SHIC'];
let listed = 0;

type Input = Readonly<Record<string, unknown>>;
type Call = (input: Input) => Promise<unknown>;

const at = (caller: unknown, path: string): Call =>
  path.split('.').reduce<unknown>((found, part) => (found as Record<string, unknown>)[part], caller) as Call;

/** A change that a person makes in the console; the second factor, where it is asked for, is given beforehand. */
const change = (
  procedure: string,
  role: OperatorRole,
  ready: (app: TestApplication) => Promise<Input>,
): MoneyMutation => ({
  name: procedure,
  procedure,
  async prepare(app) {
    const input = await ready(app);
    const { plain, grant } = await operatorOf(app, role, 'first');
    await grant(procedure, input);
    return () => at(plain, procedure)(input);
  },
});

/** What two people say: the first word is said already where the second is broken. */
const secondWord = (
  procedure: string,
  role: OperatorRole,
  ready: (app: TestApplication) => Promise<Input>,
): MoneyMutation => ({
  name: `${procedure}, the second word`,
  procedure,
  async prepare(app) {
    const input = await ready(app);
    await at((await operatorOf(app, role, 'first')).caller, procedure)(input);
    const { plain, grant } = await operatorOf(app, role, 'second');
    await grant(procedure, input);
    return () => at(plain, procedure)(input);
  },
});

const admin = async (app: TestApplication, name = 'first') => (await operatorOf(app, 'admin', name)).caller;
const finance = async (app: TestApplication) => (await operatorOf(app, 'finance', 'first')).caller;

async function held(app: TestApplication): Promise<{ id: string }> {
  const { id } = await asked(app);
  await (await finance(app)).withdrawals.hold({ id, reason: 'compliance', note: 'n' });
  return { id };
}

async function aCredit(app: TestApplication): Promise<Input> {
  const credit = { memberId: aMember(), asset: 'LTC', amount: '2', reference: newId(), idempotencyKey: newId() };
  const { transactionId } = await (await platformOf(app)).caller.ledger.credit(credit);
  return { transactionId, amount: '1', reference: newId() };
}

async function aPausedWallet(app: TestApplication): Promise<string> {
  const { id } = await aWalletWith(app);
  await app.container.sessions.inTransaction(({ walletPauses }) =>
    walletPauses.pause(id, { reason: 'wallet_expired' }, WORKER),
  );
  return id;
}

const aDeposit = async (app: TestApplication): Promise<Input> => ({
  ...{ walletId: (await aWalletWith(app)).id, asset: BNB, amount: '0.05', reference: newId() },
});

async function draft(app: TestApplication): Promise<Input> {
  const { current, history, upcoming } = await (await admin(app)).policies.current({});
  const basedOn = upcoming.at(-1)?.version ?? history[0]?.version ?? '1';
  return { rules: current.rules, note: 'as agreed', basedOn };
}

const aKey = async (app: TestApplication) =>
  (await admin(app)).apiKeys.create({ name: `key ${newId().slice(-6)}`, scopes: ['read'], addresses: [] });
const aWebhook = async (app: TestApplication) =>
  (await admin(app)).webhooks.create({ url: `http://127.0.0.1:9/${newId()}`, description: 'platform' });
const address = () => `${newId()}@countersign.example`;
const somebody = async (app: TestApplication) => (await app.signedInAs('support')).id;

async function told(app: TestApplication): Promise<{ id: string }> {
  const id = newId();
  await app.container.sessions.inTransaction(async ({ notifications }) =>
    notifications.announce({ type: 'system.frozen', subject: { type: 'system', id }, reason: 'drill' }),
  );
  const [row] = await app.sql<{ id: string }>('select id from notification_events where subject_id = ?', [id]);
  return { id: row?.id ?? '' };
}

const WITHDRAWALS: readonly MoneyMutation[] = [
  change('withdrawals.hold', 'finance', async (app) => ({
    ...{ id: (await asked(app)).id, reason: 'compliance', note: 'n' },
  })),
  change('withdrawals.release', 'finance', held),
  change('withdrawals.note', 'finance', async (app) => ({ id: (await asked(app)).id, text: 't' })),
  change('withdrawals.edit', 'finance', async (app) => ({
    ...{ id: (await asked(app)).id, amount: '0.5', reason: 'asked for it' },
  })),
  change('withdrawals.retry', 'finance', async (app) => ({ id: (await refused(app)).id })),
  change('withdrawals.escalate', 'finance', async (app) => ({ id: (await asked(app)).id, note: 'n' })),
  change('withdrawals.recheck', 'finance', async (app) => ({ id: (await unknown(app)).id })),
  change('withdrawals.attachEvidence', 'finance', async (app) => {
    const { id, attemptId } = await unknown(app);
    return { id, attemptId, name: 'list', text: 'nothing there' };
  }),
];

const BOOKS_AND_WALLETS: readonly MoneyMutation[] = [
  {
    name: 'ledger.reverse',
    procedure: 'ledger.reverse',
    async prepare(app) {
      const { caller } = await platformOf(app);
      const input = { ...(await aCredit(app)), idempotencyKey: newId() };
      return () => at(caller, 'ledger.reverse')(input);
    },
  },
  change('ledger.takeBack', 'admin', async (app) => ({ ...(await aCredit(app)), note: 'n' })),
  secondWord('ledger.takeBack', 'admin', async (app) => ({ ...(await aCredit(app)), note: 'n' })),
  change('wallets.resume', 'finance', async (app) => ({ walletId: await aPausedWallet(app), note: 'n' })),
  change('wallets.rotateKey', 'admin', async (app) => ({
    ...{ walletId: (await aWalletWith(app)).id, acceptBalance: true, note: 'n' },
  })),
  change('wallets.bookDeposit', 'finance', async (app) => ({ ...(await aDeposit(app)), note: 'n' })),
  secondWord('wallets.bookDeposit', 'finance', async (app) => ({ ...(await aDeposit(app)), note: 'n' })),
  secondWord('wallets.resume', 'finance', async (app) => ({ walletId: await aPausedWallet(app), note: 'n' })),
  {
    name: 'wallets.transit',
    procedure: 'wallets.transit',
    async prepare(app) {
      const { id: walletId } = await aFundedWallet(app, { bnb: '1', usdt: '50' });
      const { caller } = await platformOf(app);
      const order = { walletId, to: STRANGER, asset: USDT, amount: '10', idempotencyKey: newId() };
      return () => caller.wallets.transit(order);
    },
  },
  change('decisions.withdraw', 'admin', async (app) => {
    const { decision } = await (await admin(app)).ledger.takeBack({
      ...(await aCredit(app)),
      note: 'n',
    } as never);
    return { id: decision.decisionId };
  }),
];

/** The first of finance to the first administrator, after whatever either of them was in has ended. */
async function aDelegation(app: TestApplication) {
  const { caller, id: delegateId } = await operatorOf(app, 'admin', 'first');
  const { rows } = await caller.delegations.current({});
  for (const { id } of rows) await caller.delegations.end({ id });
  return { delegateId, until: new Date(Date.now() + DAY_MS).toISOString(), reason: 'on leave' };
}

const RULES: readonly MoneyMutation[] = [
  change('policies.propose', 'admin', draft),
  {
    name: 'policies.confirm',
    procedure: 'policies.confirm',
    async prepare(app) {
      const open = (await (await admin(app)).policies.current({})).proposal;
      const { id } = open ?? (await (await admin(app)).policies.propose((await draft(app)) as never));
      const { plain, grant } = await operatorOf(app, 'admin', 'second');
      const input = { id, note: 'checked' };
      await grant('policies.confirm', input);
      return () => plain.policies.confirm(input);
    },
  },
  change('delegations.create', 'finance', aDelegation),
  change('delegations.end', 'finance', async (app) => (await finance(app)).delegations.create(await aDelegation(app))),
  change('assets.register', 'admin', async () => ({
    ...{ symbol: 'NEW', contract: `0x${newId().replaceAll('-', '').padEnd(40, '0')}`, scale: 18 },
  })),
  change('system.resumeProvider', 'finance', async (app) => {
    await app.container.sessions.inTransaction(({ system }) => system.pause('mblock', 'wrong_key', WORKER));
    return { provider: 'mblock', reason: 'mended' };
  }),
];

const PEOPLE: readonly MoneyMutation[] = [
  change('apiKeys.create', 'admin', async () => ({
    name: `key ${newId().slice(-6)}`,
    scopes: ['read'],
    addresses: [],
  })),
  change('apiKeys.rotate', 'admin', async (app) => ({ id: (await aKey(app)).id, overlapHours: 1 })),
  change('apiKeys.change', 'admin', async (app) => {
    const { id } = await aKey(app);
    return { id, name: `key ${newId().slice(-6)}`, addresses: ['10.1.0.0/16'], callsPerMinute: 60, expiresAt: null };
  }),
  change('apiKeys.revoke', 'admin', async (app) => ({ id: (await aKey(app)).id })),
  change('operators.invite', 'admin', async () => ({ email: address(), role: 'support' })),
  change('operators.revokeInvitation', 'admin', async (app) => ({
    id: (await (await admin(app)).operators.invite({ email: address(), role: 'support' })).id,
  })),
  change('operators.changeRole', 'admin', async (app) => ({
    id: await somebody(app),
    role: 'auditor',
    reason: 'moved',
  })),
  change('operators.disable', 'admin', async (app) => ({ id: await somebody(app), reason: 'left' })),
  change('operators.enable', 'admin', async (app) => {
    const id = await somebody(app);
    await (await admin(app)).operators.disable({ id, reason: 'as agreed' });
    return { id, reason: 'back' };
  }),
];

const MESSAGES: readonly MoneyMutation[] = [
  change('notifications.acknowledge', 'finance', told),
  change('notifications.escalate', 'finance', told),
  change('notifications.assign', 'finance', async (app) => ({
    ...{ ...(await told(app)), operatorId: (await operatorOf(app, 'finance', 'second')).id },
  })),
  change('webhooks.create', 'admin', async () => ({ url: `http://127.0.0.1:9/${newId()}`, description: 'platform' })),
  change('webhooks.revoke', 'admin', async (app) => ({ id: (await aWebhook(app)).id })),
  change('webhooks.test', 'admin', async (app) => ({ id: (await aWebhook(app)).id })),
];

async function anAddress(app: TestApplication): Promise<Input> {
  const [project] = await app.sql<{ account: string }>('select account from pool_projects');
  return { asset: COINS[listed++ % COINS.length], address: project?.account ?? '', label: 'treasury', note: 'ours' };
}

const yesterday = () => new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);

const CHECKS: readonly MoneyMutation[] = [
  change('allowList.add', 'finance', anAddress),
  secondWord('allowList.add', 'finance', anAddress),
  change('allowList.remove', 'finance', async (app) => {
    const entry = (await anAddress(app)) as never;
    for (const name of ['first', 'second']) await (await operatorOf(app, 'finance', name)).caller.allowList.add(entry);
    const { rows } = await (await finance(app)).allowList.list({});
    return { id: rows[0]?.id, reason: 'closed' };
  }),
  change('reconciliation.run', 'finance', async () => ({ from: yesterday(), to: yesterday() })),
  change('audit.export', 'auditor', async () => ({})),
];

/** What people change in the console besides deciding about money; in short, what touches money or its rules. */
export const CONSOLE_MUTATIONS = {
  short: [...WITHDRAWALS, ...BOOKS_AND_WALLETS, ...RULES],
  full: [...WITHDRAWALS, ...BOOKS_AND_WALLETS, ...RULES, ...CHECKS, ...PEOPLE, ...MESSAGES],
} as const;
