import { randomBytes } from 'node:crypto';
import { SessionManager } from '#server/database/session-manager.ts';
import { WORKER } from '#server/jobs/job-context.ts';
import { newId } from '#server/kernel/ids.ts';
import { Secret } from '#server/kernel/secret.ts';
import { openServices, type Services } from '#server/services.ts';
import { WalletKeyCipher } from '#server/wallets/index.ts';
import type { Signed, TestApplication } from './application.ts';
import { completed, late } from './late-payments.ts';
import type { MoneyMutation } from './money-mutation.ts';
import { aFundedWallet, STRANGER, USDT } from './wallet-payouts.ts';
import { documented, operatorOf, platformOf, unknown } from './withdrawals.ts';

type Plain = Signed['plain'];

/** What two people say: `ready` makes it ready and resolves to the call, which the first one makes or the second. */
const saidBy = (
  person: 'first' | 'second',
  { role, procedure, ready }: Saying,
): Pick<MoneyMutation, 'procedure' | 'prepare'> => ({
  procedure,
  async prepare(app) {
    const { input, call } = await ready(app);
    const [first, second] = [await operatorOf(app, role, 'first'), await operatorOf(app, role, 'second')];
    if (person === 'second') await call(first.caller);
    const { plain, grant } = person === 'second' ? second : first;
    await grant(procedure, input);
    return () => call(plain);
  },
});

interface Saying {
  readonly role: 'finance' | 'admin';
  readonly procedure: string;
  ready(app: TestApplication): Promise<{ input: unknown; call: (caller: Plain) => Promise<unknown> }>;
}

const resolution: Saying = {
  role: 'finance',
  procedure: 'withdrawals.resolve',
  async ready(app) {
    const lost = await unknown(app);
    const evidence = [await documented(app, lost)];
    const input = { id: lost.id, outcome: 'paid' as const, reference: newId(), evidence, note: 'seen in the list' };
    return { input, call: (caller) => caller.withdrawals.resolve(input) };
  },
};

const lateDecision: Saying = {
  role: 'finance',
  procedure: 'incidents.decide',
  async ready(app) {
    const { incidentId } = await late(app);
    const input = { id: incidentId, decision: 'adopt' as const, note: 'it is theirs' };
    return { input, call: (caller) => caller.incidents.decide(input) };
  },
};

const adjustment: Saying = {
  role: 'admin',
  procedure: 'ledger.adjust',
  async ready(app) {
    const incidentId = await app.container.sessions.inTransaction(({ incidents }) =>
      incidents.open({ kind: 'configuration', subject: newId(), detail: {} }, WORKER),
    );
    const input = {
      ...{ asset: 'LTC', amount: '0.5', incidentId, note: 'the statement of the pool says so' },
      debit: { of: 'company', account: 'loss' } as const,
      credit: { of: 'company', account: 'company' } as const,
    };
    return { input, call: (caller) => caller.ledger.adjust(input) };
  },
};

/** The application of somebody who has put a new encryption key in front of the one that sealed everything so far. */
function withNewKey({ container: { orm, shared, config } }: TestApplication): SessionManager<Services> {
  const cipher = new WalletKeyCipher([
    { id: `k-${newId()}`, base64: new Secret(randomBytes(32).toString('base64')) },
    ...config.encryptionKeys,
  ]);
  return new SessionManager(orm, (em) => openServices(em, { ...shared, cipher }));
}

/** A platform's webhook, whose secret is sealed. */
async function anEndpoint(app: TestApplication): Promise<string> {
  const { caller } = await operatorOf(app, 'admin', 'first');
  const url = `http://127.0.0.1:9/${newId()}`;
  return (await caller.webhooks.create({ url, description: 'platform' })).id;
}

/** What people settle by hand, and what is asked of a wallet. */
export const DECISION_MUTATIONS: readonly MoneyMutation[] = [
  { name: 'the first word about an unknown outcome', ...saidBy('first', resolution) },
  { name: 'the second word, that it was paid', ...saidBy('second', resolution) },
  { name: 'the second word about a late payment', ...saidBy('second', lateDecision) },
  { name: 'the first word about a figure of the books', ...saidBy('first', adjustment) },
  { name: 'an adjustment', ...saidBy('second', adjustment) },
  {
    name: 'a handover',
    procedure: 'withdrawals.reportPaid',
    async prepare(app) {
      const { id } = await completed(app);
      const { caller } = await platformOf(app);
      const report = { id, reference: newId(), paidAt: new Date().toISOString(), idempotencyKey: newId() };
      return () => caller.withdrawals.reportPaid(report);
    },
  },
  {
    name: 'sealing with a new key what an older one sealed',
    async prepare(app) {
      await anEndpoint(app);
      const sessions = withNewKey(app);
      return () => sessions.inTransaction(({ sealedKeys }) => sealedKeys.resealBatch(WORKER));
    },
  },
  {
    name: 'a new secret for a webhook',
    procedure: 'webhooks.rotateSecret',
    async prepare(app) {
      const { plain, grant } = await operatorOf(app, 'admin', 'first');
      const rotation = { id: await anEndpoint(app) };
      await grant('webhooks.rotateSecret', rotation);
      return () => plain.webhooks.rotateSecret(rotation);
    },
  },
  {
    name: 'a request of a wallet',
    procedure: 'wallets.transfer',
    async prepare(app) {
      const { id: walletId } = await aFundedWallet(app, { bnb: '1', usdt: '50' });
      const { caller } = await platformOf(app);
      const order = { walletId, to: STRANGER, asset: USDT, amount: '10', idempotencyKey: newId() };
      return () => caller.wallets.transfer(order);
    },
  },
];
