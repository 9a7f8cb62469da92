import type { PayoutAttempt } from './payout-attempt.entity.ts';
import { PROOFS_APART_MS, UNCHANGED_FOR_MS, UNCHANGED_READS } from './payout-policy.ts';
import type { ReceivedReport } from './transit-callbacks.ts';
import { type WalletBalances, walletBalancesIn } from './wallet-balances.ts';
import { BNB, fits, gasPaid } from './wallet-proof.ts';
import { apartFrom, balancesIn, receiptsIn, type Sight } from './wallet-reading.ts';

/** What a look comes to. */
export type Judgement =
  | { readonly kind: 'proven'; readonly txid: string }
  /** Seen, and to be seen once more. */
  | { readonly kind: 'seen_once' }
  | { readonly kind: 'not_executed'; readonly reason: string }
  | { readonly kind: 'contradicted'; readonly reason: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'nothing' };

/** Names under which the chain shows another payment than was ordered. */
export const mismatchedNames = (attempt: PayoutAttempt, sight: Sight): string[] =>
  sight.names.filter((txid) => shown(attempt, txid, sight) === 'other');

/**
 * Proof comes first, whatever else was said. A name without a receipt bars nothing. What a report says moves money only
 * with the chain behind it, and only a report that nothing ran, with balances that did not change, ends a payout unpaid.
 */
export function judge(attempt: PayoutAttempt, sight: Sight): Judgement {
  const seen = sight.names.map((txid) => ({ txid, as: shown(attempt, txid, sight) }));
  const proven = seen.find(({ as }) => as === 'twice');
  if (proven) return { kind: 'proven', txid: proven.txid };
  if (seen.some(({ as }) => as === 'once')) return { kind: 'seen_once' };
  if (attempt.status !== 'submitted' && attempt.status !== 'pending-transit') return { kind: 'nothing' };
  if (seen.some(({ as }) => as === 'other')) return { kind: 'contradicted', reason: 'receipt_mismatch' };
  const reported = judgeReports(attempt, sight);
  if (reported.kind !== 'nothing') return reported;
  return sight.now >= attempt.deadlineAt ? { kind: 'expired' } : reported;
}

/** A report is about this attempt by its address; its token is compared once it is known. */
export const isOwn = (report: ReceivedReport, { token }: PayoutAttempt): boolean => !token || report.token === token;

/** It says that nothing ran, in a text that is on the list, and names no transaction at all. */
export const saysNothingRan = (report: ReceivedReport, attempt: PayoutAttempt): boolean =>
  report.failedBeforeExecution && isOwn(report, attempt);

const claimsPayment = (report: ReceivedReport, attempt: PayoutAttempt): boolean =>
  report.succeeded && report.tokenTxid !== null && isOwn(report, attempt);

function judgeReports(attempt: PayoutAttempt, sight: Sight): Judgement {
  const { reports, unreadable } = sight;
  if (unreadable || reports.some((report) => !claimsPayment(report, attempt) && !saysNothingRan(report, attempt))) {
    return { kind: 'contradicted', reason: 'callback_inconclusive' };
  }
  const [first] = reports.filter((report) => saysNothingRan(report, attempt));
  if (!first || reports.some((report) => claimsPayment(report, attempt))) return { kind: 'nothing' };
  return judgeUnchanged(attempt, sight, first);
}

/** A15: three readings over two minutes that all show what was there before. */
function judgeUnchanged(attempt: PayoutAttempt, sight: Sight, { receivedAt, message }: ReceivedReport): Judgement {
  const { reading, evidence } = sight;
  const before = walletBalancesIn(attempt.before);
  if (!before || !reading.balances) return { kind: 'nothing' };
  const since = evidence.filter(({ kind, at }) => kind === 'balance' && at >= receivedAt);
  const readings = [...balancesIn(since), reading.balances];
  if (readings.some((each) => !isSame(each, before))) return { kind: 'contradicted', reason: 'balances_changed' };
  const spanMs = reading.begunAt.getTime() - (since[0]?.at ?? reading.begunAt).getTime();
  if (readings.length < UNCHANGED_READS || spanMs < UNCHANGED_FOR_MS) return { kind: 'nothing' };
  return { kind: 'not_executed', reason: message ?? 'callback_refused' };
}

const isSame = (now: WalletBalances, before: WalletBalances): boolean =>
  [...before].every(([asset, amount]) => now.get(asset)?.equals(amount) === true);

/** How often a payment has been seen under a name, or that something else has. */
type Shown = 'twice' | 'once' | 'not' | 'other';

const shown = (attempt: PayoutAttempt, txid: string, sight: Sight): Shown =>
  attempt.asset === BNB ? coinShown(attempt, sight) : tokenShown(attempt, txid, sight);

/** A10: the same receipt, read twice. */
function tokenShown(attempt: PayoutAttempt, txid: string, sight: Sight): Shown {
  const { from, receipts } = sight.reading;
  const receipt = receipts.get(txid);
  if (!receipt) return 'not';
  if (!fits(receipt, attempt, from)) return 'other';
  const before = receiptsIn(apartFrom(sight, PROOFS_APART_MS), txid);
  return before.some((each) => fits(each, attempt, from)) ? 'twice' : 'once';
}

/** A11: BNB leaves no receipt to read; its balance must have fallen by the amount and a plausible gas, the same twice. */
function coinShown(attempt: PayoutAttempt, sight: Sight): Shown {
  const gas = gasPaid(attempt, sight.reading.balances);
  if (!gas) return 'not';
  const before = balancesIn(apartFrom(sight, PROOFS_APART_MS));
  return before.some((each) => gasPaid(attempt, each)?.equals(gas)) ? 'twice' : 'once';
}
