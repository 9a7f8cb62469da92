import { z } from 'zod';
import { Amount } from '#server/kernel/amount.ts';
import type { FeeMode, FeeModes } from '#server/ledger/index.ts';
import {
  isOf,
  type MiningRepository,
  POOL_WITHDRAWAL_STATUSES,
  type PoolRowClaims,
  PROJECT,
  poolRowKey,
} from '#server/mining/index.ts';
import {
  CLOCK_TOLERANCE_MS,
  type CutPair,
  type PaidBetween,
  type PayoutAttempt,
  type PayoutAttemptRepository,
  type PoolAttempts,
} from '#server/withdrawals/index.ts';

const DAY_MS = 86_400_000;
/** The balances of so many days before a payment may begin what is added up. */
const OPENING_DAYS = 30;

const listedRow = z.object({
  ...{ reference: z.string(), asset: z.string(), amount: z.string(), fee: z.string() },
  ...{ address: z.string().nullable(), type: z.string(), message: z.string().nullable() },
  ...{ status: z.enum(POOL_WITHDRAWAL_STATUSES), rawStatus: z.string(), createdAt: z.string().nullable() },
});
const completeRead = z.object({
  complete: z.literal(true),
  startedAt: z.iso.datetime(),
  ofAmount: z.array(listedRow),
});

/** What the pool's lists and daily balances say of an attempt whose outcome is not known, for the people who decide. */
export interface PoolProof {
  /** Complete readings since it was sent, oldest first, and whether one shows a row that could be it. */
  readonly reads: readonly { readonly at: Date; readonly fits: boolean }[];
  /** The pool's balances by the end of their day, oldest first, and whether they add up without it. */
  readonly snapshots: readonly { readonly cutAt: Date; readonly closes: boolean }[];
}

export class PoolProofs {
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #attempts: PoolAttempts;
  readonly #claims: PoolRowClaims;
  readonly #mining: MiningRepository;
  readonly #feeModes: FeeModes;

  constructor(deps: {
    payoutAttempts: PayoutAttemptRepository;
    attempts: PoolAttempts;
    claims: PoolRowClaims;
    miningRepository: MiningRepository;
    feeModes: FeeModes;
  }) {
    this.#payoutAttempts = deps.payoutAttempts;
    this.#attempts = deps.attempts;
    this.#claims = deps.claims;
    this.#mining = deps.miningRepository;
    this.#feeModes = deps.feeModes;
  }

  async of(attempt: PayoutAttempt): Promise<PoolProof> {
    return { reads: await this.#reads(attempt), snapshots: await this.#snapshots(attempt) };
  }

  /**
   * A row of its own name or claim is it, whatever it says. Any other of the amount that is nobody's could be it, except
   * one that failed: it pays nobody, whosever it is.
   */
  async #reads(attempt: PayoutAttempt): Promise<PoolProof['reads']> {
    const kept = await this.#payoutAttempts.evidence(attempt.id);
    const reads = kept.flatMap(({ kind, body }) =>
      kind === 'history' ? (completeRead.safeParse(body).data ?? []) : [],
    );
    const rows = reads.flatMap(({ ofAmount }) => ofAmount).filter((row) => isOf(row, attempt.money()));
    const references = rows.map(({ reference }) => reference);
    const claims = await this.#claims.of(attempt.asset, references);
    const named = await this.#attempts.referencesOfOthers(attempt, references);
    const seen = this.#attempts.seenBefore(attempt);
    return reads.map(({ startedAt, ofAmount }) => ({
      at: new Date(startedAt),
      fits: ofAmount.some((row) => {
        const claim = claims.get(poolRowKey(row));
        if (row.reference === attempt.reference || claim?.attemptId === attempt.id) return true;
        return row.status !== 'failed' && !claim && !named.has(row.reference) && !seen.has(row.reference);
      }),
    }));
  }

  /**
   * A balance before the attempt, plus what was mined since, less what surely left since: where that is the balance of a
   * later day, nothing else left. Any balance of the month before may begin it, because a payment that was open at one cut
   * was over at another. A day whose figures are missing proves nothing.
   */
  async #snapshots(attempt: PayoutAttempt): Promise<PoolProof['snapshots']> {
    const { asset, fencedAt } = attempt;
    const from = dayOf(fencedAt.getTime() - OPENING_DAYS * DAY_MS);
    const days = await this.#mining.balancesSince(PROJECT, 'asset', from);
    const profits = await this.#mining.balancesSince(PROJECT, 'profit', from);
    const cuts = days.flatMap(({ asset: coin, day, amount }) =>
      coin === asset && amount ? [{ at: cutOf(day), balance: Amount.fromDecimal(asset, amount) }] : [],
    );
    const balances = new Map(cuts.map(({ at, balance }) => [at.getTime(), balance]));
    const mined = new Map(profits.filter((row) => row.asset === asset).map(({ day, amount }) => [day, amount ?? null]));
    const openings = cuts.filter(({ at }) => at.getTime() + CLOCK_TOLERANCE_MS <= fencedAt.getTime());
    const closings = cuts.filter(({ at }) => at > fencedAt);
    const pairs = openings.flatMap(({ at: opening }) => closings.map(({ at: closing }) => ({ opening, closing })));
    const known = await this.#feeModes.since(asset);
    const paid = await this.#attempts.paidBetween(asset, pairs, attempt.id);
    const closed = paid.filter((between) => {
      const { opening, closing } = between;
      const change = difference(balances.get(closing.getTime()), balances.get(opening.getTime()));
      const total = minedBetween({ asset, opening, closing, mined });
      const mode = known && opening >= known.from ? known.mode : null;
      return change && total && provesAbsence(total.minus(change), between, { payment: attempt.money(), mode });
    });
    const closedAt = new Set(closed.map(({ closing }) => closing.getTime()));
    return closings
      .map(({ at }) => ({ cutAt: at, closes: closedAt.has(at.getTime()) }))
      .toSorted((one, other) => one.cutAt.getTime() - other.cutAt.getTime());
  }
}

/**
 * Whether what left is what we know of, with the fees on top of it or taken out of it. Until the pool's days have shown
 * which, fees that come to as much as the payment itself could hide it, as could what may have come back.
 */
function provesAbsence(
  left: Amount,
  { amount, fees, back }: PaidBetween,
  { payment, mode }: { readonly payment: Amount; readonly mode: FeeMode | null },
): boolean {
  if (left.equals(amount)) return back.isLessThan(payment);
  const hidden = mode === 'on_top' ? back : back.plus(fees);
  return mode !== 'inside' && left.equals(amount.plus(fees)) && hidden.isLessThan(payment);
}

interface Span extends CutPair {
  readonly asset: string;
  readonly mined: ReadonlyMap<string, string | null>;
}

/** Null when a day in between was not read: then nothing adds up. */
function minedBetween({ asset, opening, closing, mined }: Span): Amount | null {
  let total = Amount.zero(asset);
  for (let day = opening.getTime(); day < closing.getTime(); day += DAY_MS) {
    const figure = mined.get(dayOf(day));
    if (figure == null) return null;
    total = total.plus(Amount.fromDecimal(asset, figure));
  }
  return total;
}

const difference = (later: Amount | undefined, earlier: Amount | undefined): Amount | null =>
  later && earlier ? later.minus(earlier) : null;

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
/** A day's figures are cut at its end, 00:00 UTC. */
const cutOf = (day: string): Date => new Date(Date.parse(day) + DAY_MS);
