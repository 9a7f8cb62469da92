import { Amount } from '#server/kernel/amount.ts';
import type { ProviderOutcome } from '#server/kernel/provider-outcome.ts';
import type { MiningPool, PoolWithdrawal, PoolWithdrawalQuery } from './pool.port.ts';

type Outcome = ProviderOutcome<{ readonly reference: string }>;

/** The pool's rows of the amount as they were listed before the fence. */
export interface RowsBefore {
  readonly references: readonly string[];
  /** When the newest of them was made, by the pool's clock; null when there was none. */
  readonly newest: string | null;
}

interface Sent {
  readonly amount: Amount;
  /** Null when nothing could be read then. */
  readonly before: RowsBefore | null;
}

const DAY_MS = 86_400_000;
/** Beyond that the days that are asked for may not hold the order. */
const OFFSET_MAX_MS = DAY_MS / 2;

/**
 * "Too many requests" should mean that nothing ran, but a gateway may say it after the fact. The pool's own list decides:
 * only a complete reading without a row that could be this order leaves it to be tried again; anything else is unknown.
 */
export async function despiteRateLimit(outcome: Outcome, sent: Sent, pool: MiningPool): Promise<Outcome> {
  if (outcome.kind !== 'rejected' || outcome.evidence.httpStatus !== 429) return outcome;
  const listed = await mayBeListed(pool, sent, Date.parse(outcome.evidence.startedAt)).catch(() => true);
  if (!listed) return outcome;
  return { kind: 'unknown', reason: 'rate_limited_but_may_have_run', evidence: outcome.evidence };
}

async function mayBeListed(pool: MiningPool, { amount, before }: Sent, startedMs: number): Promise<boolean> {
  // The days are named by our clock: one that is far from the pool's, or was never compared with it, names others.
  const offsetMs = pool.clockOffsetMs?.() ?? null;
  if (offsetMs === null || Math.abs(offsetMs) > OFFSET_MAX_MS) return true;
  const query: PoolWithdrawalQuery = {
    asset: amount.asset,
    fromDay: utcDay(startedMs - DAY_MS),
    toDay: utcDay(startedMs + DAY_MS),
  };
  const rows = await pool.readWithdrawals(query);
  return rows.some((row) => sameAmount(row, amount) && !wasListed(row, before));
}

const sameAmount = (row: PoolWithdrawal, amount: Amount): boolean =>
  row.asset === amount.asset && Amount.fromDecimal(row.asset, row.amount).equals(amount);

/**
 * Our clock and the pool's may differ by any amount, so that no time says that a row is older than the order: it was seen
 * before, or it may be ours. The pool may use a name again; its times are compared with each other only.
 */
const wasListed = ({ reference, createdAt }: PoolWithdrawal, before: RowsBefore | null): boolean =>
  !!before?.newest &&
  createdAt !== null &&
  before.references.includes(reference) &&
  Date.parse(createdAt) <= Date.parse(before.newest);

const utcDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
