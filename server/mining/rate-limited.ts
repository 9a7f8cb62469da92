import { Amount } from '#server/kernel/amount.ts';
import type { ProviderOutcome } from '#server/kernel/provider-outcome.ts';
import type { MiningPool, PoolWithdrawal, PoolWithdrawalQuery } from './pool.port.ts';

type Outcome = ProviderOutcome<{ readonly reference: string }>;

/** Clocks differ, so a row may seem to be older than the call that made it. */
const CLOCK_TOLERANCE_MS = 120_000;
const DAY_MS = 86_400_000;

/**
 * "Too many requests" should mean that nothing ran, but a gateway may say it after the fact. The pool's own list decides:
 * only a complete reading without a row that could be this order leaves it to be tried again; anything else is unknown.
 */
export async function despiteRateLimit(outcome: Outcome, amount: Amount, pool: MiningPool): Promise<Outcome> {
  if (outcome.kind !== 'rejected' || outcome.evidence.httpStatus !== 429) return outcome;
  const startedMs = Date.parse(outcome.evidence.startedAt);
  const listed = await mayBeListed(pool, amount, startedMs).catch(() => true);
  if (!listed) return outcome;
  return { kind: 'unknown', reason: 'rate_limited_but_may_have_run', evidence: outcome.evidence };
}

async function mayBeListed(pool: MiningPool, amount: Amount, startedMs: number): Promise<boolean> {
  const query: PoolWithdrawalQuery = {
    asset: amount.asset,
    fromDay: utcDay(startedMs - DAY_MS),
    toDay: utcDay(startedMs + DAY_MS),
  };
  const rows = await pool.readWithdrawals(query);
  return rows.some((row) => sameAmount(row, amount) && !madeBefore(row, startedMs - CLOCK_TOLERANCE_MS));
}

const sameAmount = (row: PoolWithdrawal, amount: Amount): boolean =>
  row.asset === amount.asset && Amount.fromDecimal(row.asset, row.amount).equals(amount);

const madeBefore = ({ createdAt }: PoolWithdrawal, ms: number): boolean =>
  createdAt !== null && Date.parse(createdAt) < ms;

const utcDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
