import { z } from 'zod';
import { Amount } from '#server/kernel/amount.ts';
import { isOf, type MiningRepository, type PoolRowClaims, PROJECT, poolRowKey } from '#server/mining/index.ts';
import type { PayoutAttempt, PayoutAttemptRepository, PoolAttempts } from '#server/withdrawals/index.ts';

const DAY_MS = 86_400_000;

const listedRow = z.object({
  ...{ reference: z.string(), asset: z.string(), amount: z.string(), fee: z.string() },
  ...{ address: z.string().nullable(), type: z.string(), message: z.string().nullable() },
  ...{ status: z.enum(['moving', 'completed', 'failed']), rawStatus: z.string(), createdAt: z.string().nullable() },
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

  constructor(deps: {
    payoutAttempts: PayoutAttemptRepository;
    attempts: PoolAttempts;
    claims: PoolRowClaims;
    miningRepository: MiningRepository;
  }) {
    this.#payoutAttempts = deps.payoutAttempts;
    this.#attempts = deps.attempts;
    this.#claims = deps.claims;
    this.#mining = deps.miningRepository;
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
   * The last balance before the attempt, plus what was mined since, less what we know was paid since: where that is the
   * balance of a later day, nothing else left. The pool takes its fees on top of what it pays or out of it: nobody has said
   * which, so it may be either. A day whose figures are missing proves nothing.
   */
  async #snapshots(attempt: PayoutAttempt): Promise<PoolProof['snapshots']> {
    const { asset } = attempt;
    const from = dayOf(attempt.fencedAt.getTime() - 3 * DAY_MS);
    const days = await this.#mining.balancesSince(PROJECT, 'asset', from);
    const profits = await this.#mining.balancesSince(PROJECT, 'profit', from);
    const own = days.filter((row) => row.asset === asset && row.amount !== null).toReversed();
    const opening = own.findLast(({ day }) => cutOf(day) <= attempt.fencedAt);
    if (!opening?.amount) return [];
    const mined = new Map(profits.filter((row) => row.asset === asset).map(({ day, amount }) => [day, amount ?? null]));
    const snapshots = [];
    for (const { day, amount } of own.filter((row) => cutOf(row.day) > attempt.fencedAt)) {
      const total = minedBetween({ asset, after: opening.day, until: day, mined });
      const span = { from: cutOf(opening.day), until: cutOf(day) };
      const paid = await this.#attempts.paidBetween(asset, span, attempt.id);
      const expected = total?.plus(Amount.fromDecimal(asset, opening.amount)).minus(paid.amount);
      const shown = Amount.fromDecimal(asset, amount ?? '0');
      const closes = expected !== undefined && [expected, expected.minus(paid.fees)].some((each) => each.equals(shown));
      snapshots.push({ cutAt: cutOf(day), closes });
    }
    return snapshots;
  }
}

interface Span {
  readonly asset: string;
  readonly after: string;
  readonly until: string;
  readonly mined: ReadonlyMap<string, string | null>;
}

/** Null when a day in between was not read: then nothing adds up. */
function minedBetween({ asset, after, until, mined }: Span): Amount | null {
  let total = Amount.zero(asset);
  for (let at = Date.parse(after) + DAY_MS; at <= Date.parse(until); at += DAY_MS) {
    const figure = mined.get(dayOf(at));
    if (figure == null) return null;
    total = total.plus(Amount.fromDecimal(asset, figure));
  }
  return total;
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
/** A day's figures are cut at its end, 00:00 UTC. */
const cutOf = (day: string): Date => new Date(Date.parse(day) + DAY_MS);
