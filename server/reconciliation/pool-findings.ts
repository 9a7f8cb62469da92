import { bookable } from '#server/kernel/amount.ts';
import { isOf, type PoolHistoryRead, type PoolWithdrawal, poolRowKey, type RowClaim } from '#server/mining/index.ts';
import type { PayoutAttempt } from '#server/withdrawals/index.ts';
import { couldBeTakenFor, madeAt, mayBeOf } from './pool-window.ts';

/** What the pool's list says that our books do not: each is dealt with by itself, in a commit of its own. */
export type PoolFinding =
  /** A row that is no payment of ours and that nobody has registered. */
  | { readonly kind: 'unexplained'; readonly row: PoolWithdrawal }
  /** A payment that was taken for not made. */
  | { readonly kind: 'late'; readonly attemptId: string; readonly row: PoolWithdrawal }
  /** A payment that was taken for made. */
  | {
      readonly kind: 'taken_back';
      readonly attemptId: string;
      readonly row: PoolWithdrawal;
      /** When the read was begun that shows it. */
      readonly readAt: Date;
    }
  /** One that was listed as taken back a moment ago and is paid again. */
  | { readonly kind: 'paid_after_all'; readonly attemptId: string }
  /** Several rows under one name that say different things. */
  | { readonly kind: 'contradicted'; readonly attemptId: string; readonly rows: readonly PoolWithdrawal[] };

/** What we know of the payments that a read shows. */
export interface KnownPayments {
  readonly claims: ReadonlyMap<string, RowClaim>;
  /** Those that the rows' names or claims point to, and the nameless or unknown ones of their amounts. */
  readonly attempts: readonly PayoutAttempt[];
  /** Rows from before this moment are older than our books. */
  readonly since: Date;
}

export function poolFindings(read: PoolHistoryRead, known: KnownPayments): readonly PoolFinding[] {
  const byId = new Map(known.attempts.map((attempt) => [attempt.id, attempt]));
  const owned = new Map<PayoutAttempt, PoolWithdrawal[]>();
  const loose: PoolFinding[] = [];
  for (const row of read.rows.filter(({ asset }) => asset === read.asset)) {
    const claim = known.claims.get(poolRowKey(row));
    const owner = byId.get(claim?.attemptId ?? '') ?? known.attempts.find((attempt) => isNamed(attempt, row));
    if (owner) owned.set(owner, [...(owned.get(owner) ?? []), row]);
    else if (!claim) loose.push(...ofNobody(row, read, known));
  }
  const named = [...owned].flatMap(([attempt, rows]) => ofAttempt(attempt, rows, read.startedAt));
  return [...named, ...onePaymentEach(loose)];
}

/** What a row means whose attempt is known. What an open attempt's rows mean is the look-up's to say. */
function ofAttempt(attempt: PayoutAttempt, rows: readonly PoolWithdrawal[], readAt: Date): PoolFinding[] {
  const { id: attemptId, status, lateAt, takenBackAt } = attempt;
  const [row] = rows;
  if (!row || (status !== 'confirmed' && status !== 'not_executed')) return [];
  if (rows.some((each) => each.status !== row.status)) return [{ kind: 'contradicted', attemptId, rows }];
  const countsAsPaid = status === 'confirmed' || !!lateAt;
  if (row.status === 'completed') {
    if (!countsAsPaid) return [{ kind: 'late', attemptId, row }];
    return attempt.failedSeenAt && !takenBackAt ? [{ kind: 'paid_after_all', attemptId }] : [];
  }
  return row.status === 'failed' && countsAsPaid && !takenBackAt
    ? [{ kind: 'taken_back', attemptId, row, readAt }]
    : [];
}

/** A row without a name or a claim that we know: an unnamed payment's, a late one's, an old one, or unexplained. */
function ofNobody(row: PoolWithdrawal, read: PoolHistoryRead, { attempts, since }: KnownPayments): PoolFinding[] {
  const fitting = attempts.filter((attempt) => !attempt.reference && mayBeOf(attempt, row, read));
  if (fitting.some(({ status }) => status === 'dispatching' || status === 'unknown')) return [];
  const at = madeAt(row, read);
  const closed = fitting.filter(({ status, lateAt }) => status === 'not_executed' && !lateAt && at !== null);
  if (closed.length > 0) {
    if (row.status !== 'completed') return [];
    const [only, ...more] = closed.length > 1 ? closed.filter(({ closedByPeople }) => closedByPeople) : closed;
    if (only && more.length === 0) return [{ kind: 'late', attemptId: only.id, row }];
  } else if (at !== null && at < since.getTime() && !barsAnybody(row, attempts)) {
    return [];
  }
  return [{ kind: 'unexplained', row }];
}

/** An old row that keeps people from saying of an unknown payment that it was not made: they say first what it is. */
const barsAnybody = (row: PoolWithdrawal, attempts: readonly PayoutAttempt[]): boolean =>
  row.status !== 'failed' && attempts.some((attempt) => attempt.status === 'unknown' && couldBeTakenFor(attempt, row));

/** Two rows cannot be one payment that showed up late: then nobody knows which, and people look at both. */
function onePaymentEach(findings: readonly PoolFinding[]): PoolFinding[] {
  const taken = findings.flatMap((finding) => (finding.kind === 'late' ? finding.attemptId : []));
  const isTwice = (id: string) => taken.indexOf(id) !== taken.lastIndexOf(id);
  return findings.map((finding) =>
    finding.kind === 'late' && isTwice(finding.attemptId) ? { kind: 'unexplained', row: finding.row } : finding,
  );
}

const isNamed = (attempt: PayoutAttempt, row: PoolWithdrawal): boolean =>
  attempt.reference === row.reference && isOf(row, attempt.money());

/** Amounts that can be booked at all; a row with another one is nobody's. */
export const amountsIn = ({ rows }: PoolHistoryRead): string[] => [
  ...new Set(rows.flatMap((row) => bookable(row.asset, row.amount)?.toString() ?? [])),
];
