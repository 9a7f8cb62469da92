import { setTimeout as pause } from 'node:timers/promises';
import type { Cast } from './callers.ts';
import type { Random } from './random.ts';

const MEMBERS = 12;
const CREDIT = '1000000';
export const COINS = ['LTC', 'DOGE', 'BELLS', 'LKY', 'PEP', 'JKC', 'DINGO', 'SHIC'] as const;
/** Few amounts for many withdrawals: nothing but time and order tells their payments apart. */
const EQUAL_AMOUNTS = ['0.25', '0.5', '0.75'] as const;

export type AmountPlan = 'distinct' | 'equal';

/** What somebody means to happen with one withdrawal. */
export interface Wish {
  readonly key: string;
  readonly atMs: number;
  readonly memberId: string;
  readonly asset: string;
  readonly amount: string;
  readonly end: 'approve' | 'reject' | 'cancel' | 'race';
}

/** What the product said yes to, and is held to afterwards. */
export interface Promised {
  readonly credits: Set<string>;
  /** Withdrawal by the key it was asked for with. */
  readonly requests: Map<string, { readonly id: string; readonly asset: string; readonly amount: string }>;
  /** `withdrawal operator-number` of each vote that was answered with a yes. */
  readonly votes: Set<string>;
}

export interface LoadOptions {
  readonly approvals: number;
  readonly lastsMs: number;
  readonly amounts: AmountPlan;
}

/** Who asks for what and when: a function of the generator alone. */
export function wishes(random: Random, { approvals, lastsMs, amounts }: LoadOptions): readonly Wish[] {
  return Array.from({ length: approvals }, (_, at) => {
    const asset = amounts === 'equal' ? 'BELLS' : random.pick(COINS);
    const drawn = random.next();
    return {
      key: `request-${at}`,
      atMs: Math.floor((lastsMs * at) / approvals) + random.int(0, 500),
      memberId: `member-${random.int(1, MEMBERS)}`,
      asset,
      amount: amounts === 'equal' ? random.pick(EQUAL_AMOUNTS) : distinctAmount(at, asset, random),
      end: drawn < 0.88 ? 'approve' : drawn < 0.92 ? 'reject' : drawn < 0.96 ? 'cancel' : 'race',
    };
  });
}

/** An amount no other withdrawal of the run has: the vendor's journal then tells them apart. Of LTC, one whole coin needs two people. */
function distinctAmount(at: number, asset: string, random: Random): string {
  const whole = asset === 'LTC' && random.next() < 0.5 ? 1 : 0;
  return `${whole}.${String(100_001 + at)}`.replace(/0+$/, '');
}

/** Coins for everybody, before anything goes wrong. */
export async function creditMembers({ platform }: Cast, promised: Promised): Promise<void> {
  for (let at = 1; at <= MEMBERS; at += 1) {
    for (const asset of COINS) {
      const idempotencyKey = `credit-${at}-${asset}`;
      const credit = { memberId: `member-${at}`, asset, amount: CREDIT, reference: 'chaos', idempotencyKey };
      await platform.ask((client) => client.ledger.credit.mutate(credit));
      promised.credits.add(`${credit.memberId} ${asset}`);
    }
  }
}

/** Plays one wish through, from the request to the last vote. */
export async function play(wish: Wish, cast: Cast, promised: Promised): Promise<void> {
  const { memberId, asset, amount, key: idempotencyKey } = wish;
  const order = { memberId, asset, amount, idempotencyKey };
  const { id, digest } = await cast.platform.ask((client) => client.withdrawals.request.mutate(order));
  promised.requests.set(wish.key, { id, asset, amount });
  const approve = async () => {
    for (const [person, caller] of cast.finance.entries()) {
      const ending = await caller.call((client) => client.withdrawals.approve.mutate({ id, digest }));
      if (ending.kind === 'answer') promised.votes.add(`${id} ${person}`);
      if (ending.kind === 'answer' && ending.value.status !== 'approved_pending') return;
    }
  };
  const reject = () =>
    cast.finance[1].call((client) => client.withdrawals.reject.mutate({ id, reason: 'not this one' }));
  const cancel = () => cast.platform.call((client) => client.withdrawals.cancel.mutate({ id }));
  if (wish.end === 'approve') await approve();
  else if (wish.end === 'reject') await reject();
  else if (wish.end === 'cancel') await cancel();
  else await Promise.all([approve(), cancel(), reject()]);
}

/** Plays all of them, each at its time. */
export async function playAll(all: readonly Wish[], cast: Cast, promised: Promised): Promise<void> {
  await Promise.all(
    all.map(async (wish) => {
      await pause(wish.atMs);
      await play(wish, cast, promised);
    }),
  );
}
