import { setTimeout as pause } from 'node:timers/promises';
import { tellVendor } from '../local/vendor-control.ts';
import type { Cast, PatientCaller } from './callers.ts';
import type { World } from './world.ts';

/** A wallet pays one thing at a time, and its payment is seen twice before it is believed. */
export const WALLETS = 8;
export const TOKEN = 'BSC:0x55d398326f99059fF775485246999027B3197955';
const [, CONTRACT = ''] = TOKEN.split(':');
const FUNDS = { token: '100000', bnb: '10' } as const;
/** Two equal readings, 20 s apart, and what the machine adds. */
const BOOKED_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 500;
/** Where payments out of wallets go; nobody's of the run. */
export const ELSEWHERE = '0x000000000000000000000000000000000000bEEF';

export interface Wallet {
  readonly id: string;
  readonly memberId: string;
}

/** Wallets with funds in them, once the books have followed the chain. */
export async function openWallets({ vendors }: World, { platform, admin }: Cast): Promise<readonly Wallet[]> {
  const token = { symbol: 'USDT', contract: CONTRACT, scale: 18 };
  await admin.ask((client) => client.assets.register.mutate(token));
  const wallets = await Promise.all(
    Array.from({ length: WALLETS }, async (_, no) => {
      const [memberId, idempotencyKey] = [`wallet-member-${no}`, `wallet-${no}`];
      const { id, address } = await platform.ask((client) =>
        client.wallets.create.mutate({ memberId, idempotencyKey }),
      );
      if (!address) throw new Error(`wallet ${id} has no address`);
      await tellVendor(vendors.mblockUrl, 'balances', { address, contract: null, amount: FUNDS.bnb });
      await tellVendor(vendors.mblockUrl, 'balances', { address, contract: CONTRACT, amount: FUNDS.token });
      return { id, memberId };
    }),
  );
  await Promise.all(wallets.map((wallet) => haveItBooked(wallet, platform)));
  return wallets;
}

/** Asking for what the books do not know yet is refused, and has the wallet looked at. */
async function haveItBooked({ id: walletId }: Wallet, platform: PatientCaller): Promise<void> {
  const tooEarly = { walletId, asset: TOKEN, to: ELSEWHERE, idempotencyKey: `too-early-${walletId}` };
  const ending = await platform.call((client) => client.wallets.transit.mutate(tooEarly));
  if (ending.kind === 'answer' || ending.code !== 'wallet.balance_unconfirmed')
    throw new Error(`coins that nobody has seen twice were taken: ${JSON.stringify(ending)}`);
  for (const until = Date.now() + BOOKED_WITHIN_MS; Date.now() < until; await pause(LOOK_EVERY_MS)) {
    const lines = await platform.ask((client) => client.ledger.walletBalances.query({ walletId }));
    if (lines.some(({ asset, available }) => asset === TOKEN && available === FUNDS.token)) return;
  }
  throw new Error(`the books do not follow what lies in wallet ${walletId}`);
}

/** What finance says of an incident that it has looked into, the first that fits. */
const DECISIONS = ['close', 'explain', 'adopt', 'keep'] as const;

/** Two people decide what is open about a paused wallet, and let it be used again. Resolves to how many that were. */
export async function reopenWallets(wallets: readonly Wallet[], cast: Cast): Promise<number> {
  const [person] = cast.finance;
  const found = await Promise.all(
    wallets.map(({ id }) =>
      person.ask((client) => client.wallets.get.query({ id })).then(({ status }) => ({ id, status })),
    ),
  );
  const paused = found.filter(({ status }) => status === 'paused');
  for (const { id: walletId } of paused) {
    const open = await person.ask((client) => client.incidents.list.query({ filter: { open: true }, limit: 100 }));
    for (const incident of open.rows) if (incident.walletId === walletId) await decide(incident.id, cast);
    const resume = { walletId, note: 'looked at' };
    for (const each of cast.finance) await each.call((client) => client.wallets.resume.mutate(resume));
  }
  return paused.length;
}

async function decide(id: string, { finance }: Cast): Promise<void> {
  const { decisions } = await finance[0].ask((client) => client.incidents.get.query({ id }));
  const decision = DECISIONS.find((each) =>
    decisions.some((offer) => offer.decision === each && offer.allowed === true),
  );
  if (!decision) throw new Error(`nothing fits incident ${id}: ${JSON.stringify(decisions)}`);
  for (const each of finance)
    await each.call((client) => client.incidents.decide.mutate({ id, decision, note: 'looked at' }));
}

/** Wallets whose books do not say what the chain shows, once nothing moves any more. */
export async function unlikeTheChain(wallets: readonly Wallet[], { platform }: Cast): Promise<string[]> {
  const findings = wallets.map(async ({ id: walletId }): Promise<string[]> => {
    const lines = await platform.ask((client) => client.ledger.walletBalances.query({ walletId }));
    const booked = lines.find(({ asset }) => asset === TOKEN)?.chain;
    const { amount } = await platform.ask((client) => client.wallets.balance.query({ walletId, asset: TOKEN }));
    return amount === booked ? [] : [`books: wallet ${walletId} holds ${amount}, its books say ${booked}`];
  });
  return (await Promise.all(findings)).flat();
}
