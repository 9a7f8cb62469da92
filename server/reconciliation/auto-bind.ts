import { bookable } from '#server/kernel/amount.ts';
import { isOf, type PoolHistoryRead, type PoolWithdrawal } from '#server/mining/index.ts';
import { type PayoutAttempt, poolBeforeIn } from '#server/withdrawals/index.ts';
import { inWindow, madeAt } from './pool-window.ts';

/** Everything beside the list itself that says whether a row may be taken for an attempt's. */
export interface BindFacts {
  /** Withdrawal ids that are said to be somebody's already: bound, registered or explained rows of this amount. */
  readonly claimed: ReadonlySet<string>;
  /** Withdrawal ids that are the name of another attempt of the coin, whether it was listed or not. */
  readonly named: ReadonlySet<string>;
  /** What rows of our own payments of the coin look like. */
  readonly typical: { readonly types: ReadonlySet<string>; readonly addresses: ReadonlySet<string> };
  /** Another payment of the same amount may be out without a name, or people closed one without its row. */
  readonly otherUnbound: boolean;
  readonly openIncident: boolean;
  /** Everything else that the list shows was dealt with: what could not be may be what an incident would be about. */
  readonly isTaken: boolean;
}

/** Why no row is taken: people decide, or a later look does. */
export type Unbound =
  | 'not_read_before'
  | 'pool_clock'
  | 'open_incident'
  | 'rows_left'
  | 'other_unbound'
  | 'no_row'
  | 'net_amount'
  | 'several_rows'
  | 'no_time'
  | 'outside_window'
  | 'older_than_before'
  | 'other_type'
  | 'other_address'
  | 'not_paid'
  | 'unknown_word';

export type Binding = { readonly row: PoolWithdrawal } | { readonly row: null; readonly why: Unbound };

/** The pool's own words for a payment to the platform's account. */
const OWN_TYPE = 'interUser';
/** Only a row that is paid, or said to be on its way, is anybody's. */
const NO_PAYMENT: Readonly<Record<PoolWithdrawal['status'], Unbound | null>> = {
  moving: null,
  completed: null,
  failed: 'not_paid',
  unknown: 'unknown_word',
};
/** A pool whose clock is off by more cannot place its rows in time. */
const CLOCK_OFFSET_MAX_MS = 60_000;

/**
 * Rule M4: the one row of a complete read that can only be this unnamed attempt's. Anything else, however likely, is left
 * to people: a row that is taken wrongly would say of a payment that it was made, and of another that it was not.
 */
export function bindingOf(attempt: PayoutAttempt, read: PoolHistoryRead, facts: BindFacts): Binding {
  const before = poolBeforeIn(attempt.before);
  if (!before) return left('not_read_before');
  if (read.clockOffsetMs === null || Math.abs(read.clockOffsetMs) > CLOCK_OFFSET_MAX_MS) return left('pool_clock');
  if (facts.openIncident) return left('open_incident');
  if (!facts.isTaken) return left('rows_left');
  if (facts.otherUnbound) return left('other_unbound');
  const free = ({ reference }: PoolWithdrawal) =>
    !before.references.includes(reference) && !facts.claimed.has(reference) && !facts.named.has(reference);
  const [row, ...more] = read.rows.filter((each) => isOf(each, attempt.money()) && free(each));
  if (more.length > 0) return left('several_rows');
  if (!row) return left(read.rows.some((each) => free(each) && isNetOf(each, attempt)) ? 'net_amount' : 'no_row');
  const why = whyNot(row, { attempt, read, newest: before.newest, typical: facts.typical });
  return why ? left(why) : { row };
}

interface Fitting {
  readonly attempt: PayoutAttempt;
  readonly read: PoolHistoryRead;
  readonly newest: string | null;
  readonly typical: BindFacts['typical'];
}

function whyNot(row: PoolWithdrawal, { attempt, read, newest, typical }: Fitting): Unbound | null {
  const at = madeAt(row, read);
  if (at === null || row.createdAt === null) return 'no_time';
  if (!inWindow(attempt, at)) return 'outside_window';
  if (newest !== null && Date.parse(row.createdAt) < Date.parse(newest)) return 'older_than_before';
  if (row.type !== OWN_TYPE && !typical.types.has(row.type)) return 'other_type';
  const { addresses } = typical;
  if (row.address !== null && addresses.size > 0 && !addresses.has(row.address)) return 'other_address';
  return NO_PAYMENT[row.status];
}

/** What was asked for may be listed less its fee: nobody has said that it is not. */
function isNetOf(row: PoolWithdrawal, attempt: PayoutAttempt): boolean {
  const amount = bookable(row.asset, row.amount);
  const fee = bookable(row.asset, row.fee);
  const asked = attempt.money();
  return row.asset === asked.asset && !!amount && !!fee?.isPositive() && amount.plus(fee).equals(asked);
}

const left = (why: Unbound): Binding => ({ row: null, why });
