import { setTimeout as pause } from 'node:timers/promises';
import type { CountersignClient } from '#server/client/index.ts';
import type { Container } from '#server/container.ts';
import { withdrawalListInput } from '#server/withdrawals/contract.ts';
import { ensureOperator, lendPasskey, takePasskeyBack, withContainer } from '../local/accounts.ts';
import { type ApiCaller, accountOf, signInAs } from '../local/callers.ts';
import type { LocalSecrets } from '../local/secrets.ts';
import type { LocalServices } from '../local/services.ts';
import { platformClient } from './backend-key.ts';
import { type Cast, COURSES } from './courses.ts';
import { DEMO_ADMIN, DEMO_OPERATORS } from './people.ts';
import { CREDITS, MINED_DAYS, TOKEN, WALLETS, WITHDRAWALS } from './plan.ts';
import { putOnChain } from './simulator-control.ts';

export { DEMO_OPERATORS } from './people.ts';

const PAUSE_MS = 200;
const POOL_READ_WITHIN_MS = 30_000;

/** The worker reads the pool first; before that nobody knows where a withdrawal would go. */
async function untilPoolRead(platform: CountersignClient): Promise<void> {
  for (const until = Date.now() + POOL_READ_WITHIN_MS; Date.now() < until; await pause(PAUSE_MS))
    if (await platform.mining.balance.query({})) return;
  throw new Error('The worker did not read the simulated pool; see .data/logs/worker.log.');
}

const MS_A_DAY = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * MS_A_DAY).toISOString().slice(0, 10);

/** By itself the worker begins with a week; members here are credited more than a week brings. */
async function untilMonthCollected(admin: ApiCaller): Promise<void> {
  const from = daysAgo(MINED_DAYS);
  await admin.mining.collect.mutate({ from });
  for (const until = Date.now() + POOL_READ_WITHIN_MS; Date.now() < until; await pause(PAUSE_MS)) {
    const { rows } = await admin.mining.profit.query({ days: MINED_DAYS + 1 });
    if (rows.some(({ date }) => date === from)) return;
  }
  throw new Error('The worker did not read what the simulated pool mined; see .data/logs/worker.log.');
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

const referenceOf = (index: number): string => `order-${7001 + index}`;

const DEMO = { type: 'system', id: 'demo-data' } as const;

/** The last request is made last: where it is known, all of the data are there. */
const isFilled = ({ sessions }: Container): Promise<boolean> =>
  sessions.withoutTransaction(async ({ withdrawalViews }) => {
    const filter = { q: referenceOf(WITHDRAWALS.length - 1) };
    return (await withdrawalViews.list(withdrawalListInput.parse({ filter }), DEMO)).rows.length > 0;
  });

/**
 * Members, wallets and withdrawals in several states, made through the product's own doors, and only once: from then on the
 * people of the demo are whoever signs in as them, and nothing may be done in their names. Whoever changed the policy or
 * took back a vote would find it cast again.
 */
export const fillWithDemoData = (services: LocalServices): Promise<void> =>
  withContainer(services.env, async (container) => {
    if (!(await isFilled(container))) await actingAsOperators(container, services.secrets, () => fill(services));
  });

/** While the demo acts as its operators, it has passkeys of theirs. */
async function actingAsOperators(
  container: Container,
  secrets: LocalSecrets,
  work: () => Promise<void>,
): Promise<void> {
  for (const operator of DEMO_OPERATORS) {
    await ensureOperator(container, operator, secrets);
    await lendPasskey(container, operator, secrets);
  }
  try {
    await work();
  } finally {
    for (const { email } of DEMO_OPERATORS) await takePasskeyBack(container, email);
  }
}

async function fill({ appUrl, secrets, simulators, secretsFile }: LocalServices): Promise<void> {
  const admin = await signInAs(appUrl, accountOf(DEMO_ADMIN.email, secrets));
  const platform = await platformClient({ appUrl, secretsFile }, admin);
  await untilPoolRead(platform);
  await untilMonthCollected(admin);
  await creditMembers(platform);
  await admin.assets.register.mutate(TOKEN);
  await openWallets(platform, simulators.mblockUrl);
  const [first, second] = DEMO_OPERATORS.filter(({ role }) => role === 'finance');
  if (!first || !second) throw new Error('the demo needs two people of finance');
  const finance = [
    await signInAs(appUrl, accountOf(first.email, secrets)),
    await signInAs(appUrl, accountOf(second.email, secrets)),
  ] as const;
  await requestAndFollow({ platform, finance, hashdamUrl: simulators.hashdamUrl });
}

/** What a run that was broken off has asked for already is left as it stands. */
async function requestAndFollow(cast: Cast): Promise<void> {
  for (const [index, { course, member: memberId, asset, amount }] of WITHDRAWALS.entries()) {
    const reference = referenceOf(index);
    const { rows } = await cast.platform.withdrawals.list.query({ filter: { q: reference } });
    if (rows.length > 0) continue;
    const idempotencyKey = `demo-withdrawal-${index}`;
    const wish = { memberId, asset, amount, reference, idempotencyKey };
    const { id } = await cast.platform.withdrawals.request.mutate(wish);
    await COURSES[course](cast, id);
  }
}
