import { setTimeout as pause } from 'node:timers/promises';
import type { CountersignClient } from '#server/client/index.ts';
import { ensureOperator, lendPasskey, takePasskeyBack, withContainer } from '../local/accounts.ts';
import { accountOf, signInAs } from '../local/callers.ts';
import type { LocalServices } from '../local/services.ts';
import { platformClient } from './backend-key.ts';
import { follow } from './courses.ts';
import { DEMO_ADMIN, DEMO_OPERATORS } from './people.ts';
import { CREDITS, TOKEN, WALLETS, WITHDRAWALS } from './plan.ts';
import { putOnChain } from './simulator-control.ts';

export { DEMO_OPERATORS } from './people.ts';

const PAUSE_MS = 200;
const POOL_READ_WITHIN_MS = 30_000;

/** While the demo acts as its operators, it has passkeys of theirs. */
async function actingAsOperators({ env, secrets }: LocalServices, work: () => Promise<void>): Promise<void> {
  await withContainer(env, async (container) => {
    for (const operator of DEMO_OPERATORS) {
      await ensureOperator(container, operator, secrets);
      await lendPasskey(container, operator, secrets);
    }
    try {
      await work();
    } finally {
      for (const { email } of DEMO_OPERATORS) await takePasskeyBack(container, email);
    }
  });
}

/** The worker reads the pool first; before that nobody knows where a withdrawal would go. */
async function untilPoolRead(platform: CountersignClient): Promise<void> {
  for (const until = Date.now() + POOL_READ_WITHIN_MS; Date.now() < until; await pause(PAUSE_MS))
    if (await platform.mining.balance.query({})) return;
  throw new Error('The worker did not read the simulated pool; see .data/logs/worker.log.');
}

async function creditMembers(platform: CountersignClient): Promise<void> {
  for (const [memberId, amounts] of Object.entries(CREDITS)) {
    for (const text of amounts) {
      const [amount = '', asset = ''] = text.split(' ');
      const idempotencyKey = `demo-credit-${memberId}-${asset}`;
      await platform.ledger.credit.mutate({ memberId, asset, amount, reference: 'demo-settlement-1', idempotencyKey });
    }
  }
}

async function openWallets(platform: CountersignClient, mblockUrl: string): Promise<void> {
  for (const [index, { member: memberId, bnb, usdt }] of WALLETS.entries()) {
    const { address } = await platform.wallets.create.mutate({ memberId, idempotencyKey: `demo-wallet-${index}` });
    if (!address) continue;
    if (bnb !== '0') await putOnChain(mblockUrl, address, { contract: null, amount: bnb });
    if (usdt) await putOnChain(mblockUrl, address, { contract: TOKEN.contract, amount: usdt });
  }
}

/** Members, wallets and withdrawals in several states, made through the product's own doors. May be run again. */
export const fillWithDemoData = (services: LocalServices): Promise<void> =>
  actingAsOperators(services, () => fill(services));

async function fill({ appUrl, secrets, simulators, secretsFile }: LocalServices): Promise<void> {
  const admin = await signInAs(appUrl, accountOf(DEMO_ADMIN.email, secrets));
  const platform = await platformClient({ appUrl, secretsFile }, admin);
  await untilPoolRead(platform);
  await creditMembers(platform);
  await admin.assets.register.mutate(TOKEN);
  await openWallets(platform, simulators.mblockUrl);
  const [first, second] = DEMO_OPERATORS.filter(({ role }) => role === 'finance');
  if (!first || !second) throw new Error('the demo needs two people of finance');
  const finance = [
    await signInAs(appUrl, accountOf(first.email, secrets)),
    await signInAs(appUrl, accountOf(second.email, secrets)),
  ] as const;
  for (const [index, { member: memberId, asset, amount, course }] of WITHDRAWALS.entries()) {
    const reference = `order-${7001 + index}`;
    const idempotencyKey = `demo-withdrawal-${index}`;
    const { id } = await platform.withdrawals.request.mutate({ memberId, asset, amount, reference, idempotencyKey });
    await follow({ platform, finance, hashdamUrl: simulators.hashdamUrl }, id, course);
  }
}
