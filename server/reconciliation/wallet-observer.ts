import type { AssetRegistry } from '#server/assets/index.ts';
import type { AuditTrail } from '#server/audit/index.ts';
import type { DualControl } from '#server/dual-control/index.ts';
import type { IncidentLog } from '#server/incidents/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { LedgerService, Posting, WalletBooks } from '#server/ledger/index.ts';
import type { WalletPauses, WalletRepository, WalletService } from '#server/wallets/index.ts';
import { GAS_MAX, type WalletShortages } from '#server/withdrawals/index.ts';
import type { Gasless, Reading, WalletObservations } from './wallet-observations.ts';

/** Two readings count as two when they lie at least so far apart. */
export const READINGS_APART_MS = 20_000;
const BNB = 'BSC:BNB';

/** What the chain showed of a wallet at one look. */
export interface WalletLook {
  readonly walletId: string;
  readonly readings: readonly Reading[];
}

/**
 * Lets the books follow the chain: what two equal readings show beyond the books, with nothing moving from or to the wallet
 * and nothing booked since, is booked. What is missing is never written off: it is an incident, and the wallet is paused.
 */
export class WalletObserver {
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** Outside any transaction. Null for a wallet that is not there yet. */
  async read(walletId: string): Promise<WalletLook | null> {
    const { observations, wallets, assets } = this.#deps;
    const { status } = await wallets.get(walletId);
    if (status === 'creating') return null;
    const version = await observations.version(walletId);
    const readings: Reading[] = [];
    for (const { asset, chain, enabled } of await assets.list()) {
      if (chain !== 'bsc' || !enabled) continue;
      const readAt = await observations.now();
      const amount = await this.#balance(walletId, asset);
      if (amount) readings.push({ asset, amount, version, readAt });
    }
    return { walletId, readings };
  }

  async take({ walletId, readings }: WalletLook, by: ActingParty): Promise<void> {
    const { observations, repository, books, jobs } = this.#deps;
    const wallet = await repository.lockWallet(walletId);
    if (!wallet || (await observations.isMoving(wallet)) || (await this.#isTakenBack(walletId))) return;
    const version = await observations.version(walletId);
    const before = await observations.readings(walletId);
    const announced = await this.#announced(walletId);
    let again = false;
    for (const reading of readings) {
      const { chain } = await books.of(walletId, reading.asset);
      if (announced.has(reading.asset) && chain.isLessThan(reading.amount)) continue;
      if (reading.amount.equals(chain)) await observations.forget(walletId, reading.asset);
      else if (reading.version !== version || !isSecond(reading, before.get(reading.asset))) {
        await this.#first(walletId, reading, before.get(reading.asset));
        again = true;
      } else if (await this.#mayBeBack(walletId, reading.amount.minus(chain), before.get(reading.asset))) {
        again = true;
      } else {
        await this.#book({ walletId, asset: reading.asset, by }, reading.amount.minus(chain));
        await observations.forget(walletId, reading.asset);
      }
    }
    if (!again) return;
    const startAfter = new Date((await observations.now()).getTime() + READINGS_APART_MS);
    await jobs.send('wallet.observe', { walletId }, { startAfter });
  }

  /** Puts a look on the queue for each wallet whose turn it is. */
  async sweep(): Promise<void> {
    for (const walletId of await this.#deps.observations.due())
      await this.#deps.jobs.send('wallet.observe', { walletId });
  }

  /** What people say of a payment that fell out of the chain brings its coins back, and not an observation. */
  #isTakenBack(walletId: string): Promise<boolean> {
    return this.#deps.incidents.isOpen({ kind: 'provider_reversed', walletId });
  }

  /** What comes in of these assets may be the company's: a first person has said so, and a second one has not answered. */
  async #announced(walletId: string): Promise<ReadonlySet<string>> {
    const open = await this.#deps.dualControl.openAbout([walletId]);
    return new Set(open.filter(({ action }) => action === 'wallet.book_deposit').map(({ body }) => assetIn(body)));
  }

  /** Coins that may be a payment's own that the chain has taken back are booked once that one was seen to be still there. */
  async #mayBeBack(walletId: string, rise: Amount, first: Reading | undefined): Promise<boolean> {
    if (!first || !rise.isPositive()) return false;
    const paid = await this.#deps.observations.notSeenSince(first.readAt, { walletId, rise });
    for (const attemptId of paid) await this.#deps.jobs.send('payout.look-up', { attemptId });
    return paid.length > 0;
  }

  /** The same again keeps the time of the first; anything else begins anew. */
  async #first(walletId: string, reading: Reading, before: Reading | undefined): Promise<void> {
    const same = before?.version === reading.version && before.amount.equals(reading.amount);
    if (!same) await this.#deps.observations.keep(walletId, reading);
  }

  async #book(line: Line, difference: Amount): Promise<void> {
    const { walletId, asset, by } = line;
    if (difference.isPositive()) {
      await this.#more(line, difference);
      await this.#deps.jobs.send('payout.funded', { walletId });
    } else await this.#less(line, difference.negated());
    this.#deps.audit.record({
      action: 'wallet.observed',
      subject: { type: 'wallet', id: walletId },
      by,
      after: { asset, difference: difference.toString() },
    });
  }

  /** First what was missing comes back, then the company's gas, and the rest is the member's. */
  async #more(line: Line, difference: Amount): Promise<void> {
    const { walletId, asset, by } = line;
    let rest = difference.minus(await this.#comeBack(line, difference));
    const postings: Posting[] = [];
    const transits =
      asset === BNB && rest.isPositive() ? await this.#deps.observations.unobservedTransits(walletId) : [];
    for (const transit of transits) {
      const amount = lesser(rest, Amount.fromDecimal(BNB, this.#deps.transitFee.toString()));
      if (!amount.isPositive()) break;
      postings.push({ kind: 'OBSERVE', amount, walletId, toGas: true, ...transit, by });
      rest = rest.minus(amount);
    }
    if (rest.isPositive()) postings.push({ kind: 'OBSERVE', amount: rest, walletId, by });
    await this.#deps.ledger.post(postings);
  }

  /** UNSHORT. Resolves to what of the difference it took. */
  async #comeBack({ walletId, by }: Line, difference: Amount): Promise<Amount> {
    const { incidents, shortages, pauses } = this.#deps;
    const note = 'the chain shows it again';
    const { taken, closed } = await shortages.explain({ walletId, amount: difference, note, by });
    if (!closed) return taken;
    const others = (await incidents.findOpen({ walletId })).filter(({ id }) => id !== closed);
    if (others.length === 0) await pauses.resume(walletId, 'short_funds', by);
    return taken;
  }

  /** Gas that a payment must have cost, or a shortage. */
  async #less({ walletId, asset, by }: Line, fall: Amount): Promise<void> {
    const { observations, ledger, incidents, pauses } = this.#deps;
    const gas = asset === BNB ? gasOf(fall, await observations.gasless(walletId)) : null;
    if (gas) {
      await ledger.post(gas.map(({ amount, ...of }) => ({ kind: 'GAS', amount, walletId, ...of, by })));
      return;
    }
    const subject = `${walletId} ${asset}`;
    const detail = { missing: fall.toString() };
    const incidentId = await incidents.open(
      { kind: 'short_funds', subject, provider: 'mblock', amount: fall, walletId, detail },
      by,
    );
    await ledger.post([{ kind: 'SHORT', amount: fall, walletId, incidentId, by }]);
    await pauses.pause(walletId, { reason: 'short_funds' }, by);
  }

  async #balance(walletId: string, asset: string): Promise<Amount | null> {
    try {
      const { amount } = await this.#deps.wallets.balance({ walletId, asset });
      return Amount.parse(asset, amount);
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }
}

interface Dependencies {
  readonly observations: WalletObservations;
  readonly wallets: WalletService;
  readonly repository: WalletRepository;
  readonly pauses: WalletPauses;
  readonly assets: AssetRegistry;
  readonly books: WalletBooks;
  readonly ledger: LedgerService;
  readonly incidents: IncidentLog;
  readonly shortages: WalletShortages;
  readonly audit: AuditTrail;
  readonly dualControl: DualControl;
  readonly jobs: JobQueue;
  readonly transitFee: Amount;
}

/** One asset in one wallet, for one actor. */
interface Line {
  readonly walletId: string;
  readonly asset: string;
  readonly by: ActingParty;
}

const isSecond = (reading: Reading, before: Reading | undefined): boolean =>
  before !== undefined &&
  before.version === reading.version &&
  before.amount.equals(reading.amount) &&
  reading.readAt.getTime() - before.readAt.getTime() >= READINGS_APART_MS;

/** How a fall is shared among the payments whose gas is not booked yet; null when it is more than they can have cost. */
function gasOf(fall: Amount, payments: readonly Gasless[]): (Gasless & { amount: Amount })[] | null {
  const shares: (Gasless & { amount: Amount })[] = [];
  let rest = fall;
  for (const payment of payments) {
    const amount = lesser(rest, GAS_MAX);
    if (amount.isPositive()) shares.push({ ...payment, amount });
    rest = rest.minus(amount);
  }
  return rest.isPositive() ? null : shares;
}

const assetIn = (body: Json): string => `${(body as { asset?: Json }).asset ?? ''}`;

const lesser = (a: Amount, b: Amount): Amount => (b.isLessThan(a) ? b : a);
