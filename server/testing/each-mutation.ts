import { WORKER } from '#server/jobs/job-context.ts';
import type { OperatorRole } from '#server/kernel/actor.ts';
import { newId } from '#server/kernel/ids.ts';
import type { Caller, TestApplication } from './application.ts';
import { frozen } from './freezes.ts';
import { completed, late } from './late-payments.ts';
import { aMember } from './members.ts';
import { aFundedWallet, STRANGER, USDT } from './wallet-payouts.ts';
import { anAddress } from './wallets.ts';
import { approved, asked, documented, fenced, operatorOf, platformOf, unknown } from './withdrawals.ts';

/** Who does it; `key`: the platform's backend. */
export type Doer = OperatorRole | 'key' | 'anonymous';

/** Something that can be done: makes it ready and resolves to the input with which it is done. */
export interface EachMutation {
  readonly by: Doer;
  readonly input: (app: TestApplication, me: Me) => object | Promise<object>;
}
/** Whoever does it, for what they must have done before. */
export interface Me {
  readonly id: string;
  readonly sessionId: string;
  readonly caller: Caller;
}

const by = (doer: Doer, input: EachMutation['input']): EachMutation => ({ by: doer, input });
const id = (doer: Doer, made: (app: TestApplication, me: Me) => Promise<{ id: string }>): EachMutation =>
  by(doer, async (app, me) => ({ id: (await made(app, me)).id }));

const admin = async (app: TestApplication) => (await operatorOf(app, 'admin', 'second')).caller;
const finance = async (app: TestApplication) => (await operatorOf(app, 'finance', 'second')).caller;
const key = async (app: TestApplication) => (await platformOf(app)).caller;

const credit = () => ({ memberId: aMember(), asset: 'LTC', amount: '1', reference: newId(), idempotencyKey: newId() });
const anEndpoint = async (app: TestApplication) =>
  (await admin(app)).webhooks.create({ url: `http://127.0.0.1:9/${newId()}`, description: 'platform' });
const aKey = async (app: TestApplication) => (await admin(app)).apiKeys.create({ name: newId(), scopes: ['read'] });
const invited = async (app: TestApplication) =>
  (await admin(app)).operators.invite({ email: `${newId()}@example.test`, role: 'support' });
const aSupporter = (app: TestApplication) => app.signedInAs('support');
const anAlarm = async (app: TestApplication) => {
  const { id: about } = await unknown(app);
  const { rows } = await (await finance(app)).notifications.list({ filter: { view: 'all' } });
  return rows.find(({ withdrawal }) => withdrawal?.id === about) ?? { id: '' };
};

async function retrying(app: TestApplication) {
  const request = await approved(app);
  const order = await fenced(app, request);
  const at = new Date().toISOString();
  const evidence = { provider: 'hashdam', method: 'assetWithdrawRequest', startedAt: at, endedAt: at } as const;
  const outcome = {
    kind: 'rejected',
    retry: 'again',
    reason: 'refused',
    evidence: { ...evidence, bytesWritten: true },
  };
  if (order) {
    await app.container.sessions.inTransaction(({ payouts }) => payouts.record(order, outcome as never, WORKER));
  }
  return request;
}

async function aSession(app: TestApplication, operatorId: string) {
  const session = newId();
  await app.sql(
    `insert into operator_sessions (id, operator_id, token, expires_at, created_at, updated_at)
     values (?, ?, ?, now() + interval '1 hour', now(), now())`,
    [session, operatorId, newId()],
  );
  return { id: session };
}

async function aPausedWallet(app: TestApplication) {
  const { id: walletId } = await (await key(app)).wallets.create({ memberId: aMember() });
  await app.container.sessions.inTransaction(({ walletPauses }) =>
    walletPauses.pause(walletId, { reason: 'wallet_expired' }, WORKER),
  );
  return { walletId, note: 'the provider renewed it' };
}

async function aListing(app: TestApplication) {
  const [project] = await app.sql<{ account: string }>('select account from pool_projects');
  return { asset: 'DOGE', address: project?.account ?? '', label: newId(), note: 'ours' };
}

const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();

async function aDelegation(app: TestApplication): Promise<{ id: string }> {
  const [giver, taker] = [await app.signedInAs('finance'), await app.signedInAs('admin')];
  return giver.caller.delegations.create({ delegateId: taker.id, until: tomorrow(), reason: 'on leave' });
}

async function adjustment(app: TestApplication) {
  const incidentId = await app.container.sessions.inTransaction(({ incidents }) =>
    incidents.open({ kind: 'configuration', subject: newId(), detail: {} }, WORKER),
  );
  return {
    ...{ asset: 'LTC', amount: '0.5', incidentId, note: 'the statement of the pool says so' },
    debit: { of: 'company', account: 'loss' } as const,
    credit: { of: 'company', account: 'company' } as const,
  };
}

/** Another policy each time. */
async function rules(app: TestApplication) {
  const { current, upcoming } = await (await admin(app)).policies.current({});
  const newest = upcoming.at(-1) ?? current;
  const changed = { ...newest.rules, expiresAfterHours: newest.rules.expiresAfterHours - 1 };
  return { rules: changed, note: 'as agreed', basedOn: newest.version };
}

/** What can be done with nothing but the procedures themselves, each once. */
export const EACH_MUTATION: Readonly<Record<string, EachMutation>> = {
  'ledger.credit': by('key', credit),
  'ledger.reverse': by('key', async (app) => {
    const { transactionId } = await (await key(app)).ledger.credit(credit());
    return { transactionId, amount: '1', reference: newId(), idempotencyKey: newId() };
  }),
  'ledger.takeBack': by('admin', async (app) => {
    const { transactionId } = await (await key(app)).ledger.credit(credit());
    return { transactionId, amount: '1', reference: newId(), note: 'credited twice' };
  }),
  'ledger.adjust': by('admin', adjustment),
  'withdrawals.request': by('key', async (app) => {
    const { memberId, asset } = await asked(app);
    return { memberId, asset, amount: '0.3', idempotencyKey: newId() };
  }),
  'withdrawals.approve': by('finance', async (app) => {
    const { id: about, digest } = await asked(app);
    return { id: about, digest };
  }),
  'withdrawals.reject': by('finance', async (app) => ({ id: (await asked(app)).id, reason: 'no' })),
  'withdrawals.cancel': id('key', (app) => asked(app)),
  'withdrawals.hold': by('support', async (app) => ({ id: (await asked(app)).id, reason: 'compliance', note: 'n' })),
  'withdrawals.release': id('support', async (app) => {
    const request = await asked(app);
    await (await finance(app)).withdrawals.hold({ id: request.id, reason: 'compliance', note: 'n' });
    return request;
  }),
  'withdrawals.note': by('support', async (app) => ({ id: (await asked(app)).id, text: 'looked at' })),
  'withdrawals.edit': by('finance', async (app) => ({ id: (await asked(app)).id, amount: '0.2', reason: 'less' })),
  'withdrawals.retry': id('finance', retrying),
  'withdrawals.recheck': id('support', (app) => unknown(app)),
  'withdrawals.escalate': by('support', async (app) => ({ id: (await unknown(app)).id, note: 'look at it' })),
  'withdrawals.attachEvidence': by('finance', async (app) => {
    const { id: about, attemptId } = await unknown(app);
    return { id: about, attemptId, name: 'list', text: 'nothing there' };
  }),
  'withdrawals.resolve': by('finance', async (app) => {
    const lost = await unknown(app);
    return { id: lost.id, outcome: 'paid', reference: newId(), evidence: [await documented(app, lost)], note: 'seen' };
  }),
  'withdrawals.reportPaid': by('key', async (app) => {
    const { id: about } = await completed(app);
    return { id: about, reference: newId(), paidAt: new Date().toISOString(), idempotencyKey: newId() };
  }),
  'incidents.decide': by('finance', async (app) => ({
    id: (await late(app)).incidentId,
    decision: 'adopt',
    note: 'n',
  })),
  'decisions.withdraw': id('finance', async (app, me) => {
    const { incidentId } = await late(app);
    await me.caller.incidents.decide({ id: incidentId, decision: 'adopt', note: 'n' });
    const [said] = await app.sql<{ id: string }>('select id from dual_decisions where subject_id = ?', [incidentId]);
    return { id: said?.id ?? '' };
  }),
  'wallets.create': by('key', () => ({ memberId: aMember() })),
  'wallets.resume': by('finance', aPausedWallet),
  'wallets.bookDeposit': by('finance', async (app) => {
    const { id: walletId } = await (await key(app)).wallets.create({ memberId: aMember() });
    return { walletId, asset: 'BSC:BNB', amount: '0.05', reference: newId(), note: 'gas for its transfers' };
  }),
  'wallets.rotateKey': by('admin', async (app) => {
    const { id: walletId } = await (await key(app)).wallets.create({ memberId: aMember() });
    return { walletId, note: 'once a year' };
  }),
  'wallets.transfer': by('key', async (app) => {
    const { id: walletId } = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    return { walletId, to: STRANGER, asset: USDT, amount: '10', idempotencyKey: newId() };
  }),
  'wallets.transit': by('key', async (app) => {
    const { id: walletId } = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    return { walletId, to: STRANGER, asset: USDT, amount: '10', idempotencyKey: newId() };
  }),
  'assets.register': by('admin', () => ({ symbol: 'TOKEN', contract: anAddress(), scale: 18 })),
  'allowList.add': by('finance', aListing),
  'allowList.remove': by('finance', async (app, me) => {
    const entry = { ...(await aListing(app)), asset: 'LTC' };
    await me.caller.allowList.add(entry);
    await (await finance(app)).allowList.add(entry);
    const { rows } = await me.caller.allowList.list({ filter: { asset: 'LTC' } });
    return { id: rows[0]?.id ?? '', reason: 'closed' };
  }),
  'delegations.create': by('finance', async (app) => ({
    ...{ delegateId: (await app.signedInAs('admin')).id, until: tomorrow(), reason: 'on leave' },
  })),
  'delegations.end': id('admin', aDelegation),
  'policies.confirm': by('admin', async (app) => {
    const { id: proposal } = await (await admin(app)).policies.propose(await rules(app));
    return { id: proposal, note: 'checked' };
  }),
  'policies.propose': by('admin', rules),
  'reconciliation.run': by('finance', () => ({})),
  'mining.collect': by('finance', () => ({})),
  'notifications.acknowledge': id('finance', anAlarm),
  'notifications.escalate': id('finance', anAlarm),
  'notifications.assign': by('finance', async (app, me) => ({ id: (await anAlarm(app)).id, operatorId: me.id })),
  'webhooks.create': by('admin', () => ({ url: 'http://127.0.0.1:9/hooks', description: 'd' })),
  'webhooks.rotateSecret': id('admin', anEndpoint),
  'webhooks.test': id('admin', anEndpoint),
  'webhooks.revoke': id('admin', anEndpoint),
  'apiKeys.create': by('admin', () => ({ name: 'platform', scopes: ['read'] })),
  'apiKeys.change': by('admin', async (app) => ({
    ...{ id: (await aKey(app)).id, name: 'renamed', addresses: [], callsPerMinute: 60, expiresAt: null },
  })),
  'apiKeys.rotate': by('admin', async (app) => ({ id: (await aKey(app)).id, overlapHours: 1 })),
  'apiKeys.revoke': id('admin', aKey),
  'operators.invite': by('admin', () => ({ email: `${newId()}@example.test`, role: 'support' })),
  'operators.revokeInvitation': id('admin', invited),
  'signIn.acceptInvitation': by('anonymous', async (app) => ({
    ...{ token: (await invited(app)).link.split('#')[1], name: 'Lee', password: 'seven rivers and a mill' },
  })),
  'operators.changeRole': by('admin', async (app) => ({
    id: (await aSupporter(app)).id,
    role: 'finance',
    reason: 'moved',
  })),
  'operators.disable': by('admin', async (app) => ({ id: (await aSupporter(app)).id, reason: 'left' })),
  'operators.enable': by('admin', async (app) => {
    const person = await aSupporter(app);
    await (await admin(app)).operators.disable({ id: person.id, reason: 'as agreed' });
    return { id: person.id, reason: 'back' };
  }),
  'operators.changePassword': by('support', () => ({
    ...{ current: 'correct horse battery', next: 'seven rivers and a mill' },
  })),
  'sessions.end': id('support', (app, me) => aSession(app, me.id)),
  'sessions.endOthers': by('support', async (app, me) => {
    await aSession(app, me.id);
    return {};
  }),
  'system.freeze': by('finance', () => ({ scope: 'asset', target: 'DINGO', reason: 'something looks wrong' })),
  'system.unfreeze': by('admin', async (app) => ({
    ...{ id: (await frozen(app, { scope: 'asset', target: 'SHIC' })).id, reason: 'looked at' },
  })),
  'system.resumeProvider': by('finance', async (app) => {
    await app.sql(`update provider_states set paused_at = now(), pause_reason = 'x' where provider = 'hashdam'`);
    return { provider: 'hashdam', reason: 'mended' };
  }),
  'addresses.reveal': by('support', async (app) => {
    const { id: about } = await (await key(app)).wallets.create({ memberId: aMember() });
    return { of: 'wallet', id: about, reason: 'they asked' };
  }),
  'audit.export': by('support', () => ({ filter: {} })),
  'audit.exportSigned': by('auditor', () => ({ filter: { action: ['wallet.created'] }, after: null })),
};
