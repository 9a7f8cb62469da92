import { setTimeout as pause } from 'node:timers/promises';
import type { Cast } from './callers.ts';
import type { Random } from './random.ts';
import { ELSEWHERE, TOKEN, WALLETS, type Wallet } from './wallets.ts';

const MEMBERS = 12;
const CREDIT = '1000000';
export const COINS = ['LTC', 'DOGE', 'BELLS', 'LKY', 'PEP', 'JKC', 'DINGO', 'SHIC'] as const;
/** So many withdrawals have the same sum: nothing but time and order tells their payments apart. */
const EQUAL_SUMS = 10;

/** Of all that is asked for, payments out of wallets, as far as the wallets can keep up. */
const WALLET_SHARE = 0.2;
const WALLET_PAYMENT_MS = 15_000;

export type AmountPlan = 'distinct' | 'equal';

/** What somebody means to happen with one withdrawal. */
export interface Wish {
  readonly key: string;
  readonly atMs: number;
  readonly memberId: string;
  readonly asset: string;
  readonly amount: string;
  readonly end: 'approve' | 'reject' | 'cancel' | 'race';
  /** Absent: mined coins. */
  readonly wallet?: { readonly no: number; readonly kind: 'transfer' | 'transit' };
}

/** Everybody and everything that a wish is played with. */
export interface Stage {
  readonly cast: Cast;
  readonly wallets: readonly Wallet[];
  readonly promised: Promised;
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
export function wishes(random: Random, options: LoadOptions): readonly Wish[] {
  const { approvals, lastsMs } = options;
  const fromWallets = Math.min(WALLET_SHARE, (WALLETS * lastsMs) / WALLET_PAYMENT_MS / approvals);
  return Array.from({ length: approvals }, (_, at) => {
    const atMs = Math.floor((lastsMs * at) / approvals) + random.int(0, 500);
    const wish = random.next() < fromWallets ? ofWallet(at, random) : ofPool(at, random, options);
    return { ...wish, key: `request-${at}`, atMs };
  });
}

type What = Omit<Wish, 'key' | 'atMs'>;
type Sum = Pick<Wish, 'asset' | 'amount'>;

function ofWallet(at: number, random: Random): What {
  const no = random.int(0, WALLETS - 1);
  return {
    memberId: `wallet-member-${no}`,
    asset: TOKEN,
    // Two payments out of one wallet could be told apart by their receipts; out of two, only by this.
    amount: `1.${String(100_001 + at)}`.replace(/0+$/, ''),
    end: endOf(random),
    wallet: { no, kind: random.next() < 0.5 ? 'transfer' : 'transit' },
  };
}

function ofPool(at: number, random: Random, options: LoadOptions): What {
  const sum = options.amounts === 'equal' ? equalSum(random, options) : distinctSum(at, random);
  return { memberId: `member-${random.int(1, MEMBERS)}`, ...sum, end: endOf(random) };
}

function endOf(random: Random): Wish['end'] {
  const drawn = random.next();
  return drawn < 0.88 ? 'approve' : drawn < 0.92 ? 'reject' : drawn < 0.96 ? 'cancel' : 'race';
}

/** From here on two people approve; all of a run together stays below what the pool holds by its last day's end. */
export const TWO_PEOPLE_FROM = 'LTC:0.2';

/** A sum no other withdrawal of the run has: the vendor's journal then tells them apart. */
function distinctSum(at: number, random: Random): Sum {
  const asset = random.pick(COINS);
  const from = asset === 'LTC' && random.next() < 0.5 ? 200_001 : 100_001;
  return { asset, amount: `0.${from + at}`.replace(/0+$/, '') };
}

function equalSum(random: Random, { approvals }: LoadOptions): Sum {
  const no = random.int(0, Math.ceil(approvals / EQUAL_SUMS) - 1);
  const asset = COINS[no % COINS.length] ?? COINS[0];
  return { asset, amount: `0.${101 + Math.floor(no / COINS.length)}`.replace(/0+$/, '') };
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

/** A wallet that is paused, or whose books do not follow the chain yet, takes nothing new: nothing was promised. */
const NOTHING_NEW = ['wallet.not_active', 'wallet.balance_unconfirmed', 'provider.rejected'];

async function request({ memberId, asset, amount, key, wallet }: Wish, { cast, wallets }: Omit<Stage, 'promised'>) {
  const what = { asset, amount, idempotencyKey: key };
  if (!wallet) return cast.platform.ask((client) => client.withdrawals.request.mutate({ memberId, ...what }));
  const order = { walletId: wallets[wallet.no]?.id ?? '', to: ELSEWHERE, ...what };
  const ending = await cast.platform.call((client) => client.wallets[wallet.kind].mutate(order));
  if (ending.kind === 'answer') return ending.value;
  if (!NOTHING_NEW.includes(ending.code)) throw new Error(`refused: ${ending.code}`);
  return null;
}

/** Plays one wish through, from the request to the last vote. */
export async function play(wish: Wish, { cast, wallets, promised }: Stage): Promise<void> {
  const { asset, amount } = wish;
  const asked = await request(wish, { cast, wallets });
  if (!asked) return;
  const { id, digest } = asked;
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
export async function playAll(all: readonly Wish[], stage: Stage): Promise<void> {
  await Promise.all(
    all.map(async (wish) => {
      await pause(wish.atMs);
      await play(wish, stage);
    }),
  );
}
