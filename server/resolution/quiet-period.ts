import type { WithdrawalKind } from '#server/withdrawals/index.ts';

/**
 * The time in which absence proves nothing. When it is over nothing moves by itself: it only lets two people say that a
 * payment was not made.
 */
export interface QuietFacts {
  readonly kind: WithdrawalKind;
  readonly now: Date;
  /** Past it the first byte must not have left. */
  readonly sendBy: Date;
  /** How long the call itself, and a transit by its own checks, may have taken after that. */
  readonly callMs: number;
  readonly transitMs: number;
  /**
   * Instead of the day or the quarter of one; an hour shrinks with it, and what the pool gives once a day is not asked
   * for. Null in production: only rehearsals shorten it.
   */
  readonly shortenedMs: number | null;
  readonly sender: 'answering' | 'gone' | 'not_proven';
  /** Documents people attached, such as a block explorer's list or the record of a host that was shut down. */
  readonly documents: number;
  /** Complete readings of the pool's list since, oldest first, and whether a row fits. */
  readonly reads: readonly { readonly at: Date; readonly fits: boolean }[];
  /** The pool's own balances by their cut, oldest first, and whether its books close without this payout. */
  readonly snapshots: readonly { readonly cutAt: Date; readonly closes: boolean }[];
  /** Balances of the wallet since, oldest first. */
  readonly balances: readonly { readonly at: Date; readonly below: boolean }[];
  /** A callback named a payment that the chain shows. */
  readonly callbackProven: boolean;
}

export type ConditionName =
  | 'time_over'
  | 'sender_proven'
  | 'snapshot_after'
  | 'pool_closes'
  | 'complete_reads'
  | 'no_row_fits'
  | 'document_attached'
  | 'balance_read_after'
  | 'balances_not_below'
  | 'no_callback_proven';

/** `required` and `observed` are ISO instants, counts or words, as text. */
export interface Condition {
  readonly name: ConditionName;
  readonly required: string;
  readonly observed: string;
  readonly met: boolean;
}

export interface QuietPeriod {
  readonly from: Date;
  readonly until: Date;
  readonly complete: boolean;
  readonly conditions: readonly Condition[];
}

const HOUR_MS = 3_600_000;
const QUIET_MS = { mining: 24 * HOUR_MS, wallet: 6 * HOUR_MS } as const;
const READS_MIN = 3;

export function quietPeriod(facts: QuietFacts): QuietPeriod {
  const from = after(facts.sendBy, facts.callMs + facts.transitMs);
  const full = facts.kind === 'mining' ? QUIET_MS.mining : QUIET_MS.wallet;
  const until = after(from, facts.shortenedMs ?? full);
  const hourMs = HOUR_MS * ((facts.shortenedMs ?? full) / full);
  const conditions = [
    condition('time_over', { required: until.toISOString(), observed: facts.now.toISOString() }, facts.now >= until),
    senderProven(facts),
    ...(facts.kind === 'mining' ? poolConditions : chainConditions)(facts, { from, until, hourMs }),
  ];
  return { from, until, complete: conditions.every(({ met }) => met), conditions };
}

interface Span {
  readonly from: Date;
  readonly until: Date;
  /** An hour, shortened like the whole. */
  readonly hourMs: number;
}

/** A sender that may still wake up could send; people can show that it cannot. */
function senderProven({ sender, documents }: QuietFacts): Condition {
  const observed = sender === 'not_proven' && documents > 0 ? 'document' : sender;
  return condition('sender_proven', { required: 'answering, gone or document', observed }, observed !== 'not_proven');
}

function poolConditions({ snapshots, reads, shortenedMs }: QuietFacts, { from, until, hourMs }: Span): Condition[] {
  const cutFrom = after(from, hourMs);
  const cut = snapshots.filter(({ cutAt }) => cutAt >= cutFrom);
  // A payment over midnight keeps one day from closing, and not the next.
  const snapshot = cut.find(({ closes }) => closes) ?? cut[0];
  const daily = [
    condition('snapshot_after', { required: cutFrom.toISOString(), observed: text(snapshot?.cutAt) }, !!snapshot),
    condition('pool_closes', { required: 'yes', observed: snapshot ? yes(snapshot.closes) : '-' }, !!snapshot?.closes),
  ];
  const since = reads.filter(({ at }) => at >= from);
  const quiet = sinceLast(since, ({ fits }) => fits);
  const lastFrom = shortenedMs === null && snapshot && snapshot.cutAt > until ? snapshot.cutAt : until;
  return [
    ...(shortenedMs === null ? daily : []),
    readOften(quiet, { lastFrom, hourMs }),
    condition(
      'no_row_fits',
      { required: 'yes', observed: since.length === 0 ? '-' : yes(quiet.length > 0) },
      quiet.length > 0,
    ),
  ];
}

function readOften(reads: QuietFacts['reads'], { lastFrom, hourMs }: { lastFrom: Date; hourMs: number }): Condition {
  const counted = spaced(reads, hourMs);
  const last = reads.at(-1);
  return condition(
    'complete_reads',
    { required: `${READS_MIN}, the last after ${lastFrom.toISOString()}`, observed: `${counted}, ${text(last?.at)}` },
    counted >= READS_MIN && last !== undefined && last.at >= lastFrom,
  );
}

/**
 * Balances never prove absence, because a deposit hides an outflow: a list or a nonce does, seen by both. One that was too
 * low once must have been there again as often as the pool's list is read.
 */
function chainConditions(
  { kind, documents, balances, callbackProven }: QuietFacts,
  { until, hourMs }: Span,
): Condition[] {
  const last = balances.at(-1);
  const read = last !== undefined && last.at >= until;
  const since = sinceLast(balances, (each) => each.below);
  const below = since.length < balances.length && spaced(since, hourMs) < READS_MIN;
  const chain = [
    condition('document_attached', { required: '1', observed: String(documents) }, documents > 0),
    condition('balance_read_after', { required: until.toISOString(), observed: text(last?.at) }, read),
    condition('balances_not_below', { required: 'yes', observed: yes(!below) }, read && !below),
  ];
  if (kind !== 'wallet_transit') return chain;
  return [
    ...chain,
    condition('no_callback_proven', { required: 'yes', observed: yes(!callbackProven) }, !callbackProven),
  ];
}

/** How many readings lie at least so far apart, counted from the first. */
function spaced(reads: readonly { readonly at: Date }[], apartMs: number): number {
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const { at } of reads) {
    if (at.getTime() - last < apartMs) continue;
    count += 1;
    last = at.getTime();
  }
  return count;
}

/**
 * What was read after the last sign of the payment. A row that has failed since, or a balance that a node showed too low,
 * does not bar people for ever: the counting begins anew.
 */
const sinceLast = <Reading>(readings: readonly Reading[], isSign: (reading: Reading) => boolean): readonly Reading[] =>
  readings.slice(readings.findLastIndex(isSign) + 1);

const condition = (
  name: ConditionName,
  { required, observed }: { required: string; observed: string },
  met: boolean,
): Condition => ({ name, required, observed, met });

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
const text = (at: Date | undefined): string => at?.toISOString() ?? '-';
const yes = (is: boolean): string => (is ? 'yes' : 'no');
