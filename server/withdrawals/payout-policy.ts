import type { WaitReason, WithdrawalKind } from './statuses.ts';

/** When and how often something that provably did not run is tried again. Nothing else ever is. */

/** The first byte must leave within so long of the fence. */
export const SEND_WITHIN_MS = 10_000;
/** Longer than the provider's deadline by so much, a sender without an outcome is taken for lost. */
export const LEASE_SLACK_MS = 30_000;

export const ATTEMPTS_MAX = 5;
export const ATTEMPTS_WITHIN_MS = 15 * 60_000;
/** One retry at once, then after 2, 4 and 8 seconds. */
const RETRY_AFTER_MS = [0, 2_000, 4_000, 8_000] as const;
const JITTER = 0.2;

/** How long to wait before the next attempt, after `failed` of them; `random` gives 0 to 1. */
export function retryDelayMs(failed: number, random: () => number): number {
  const base = RETRY_AFTER_MS[Math.min(failed, RETRY_AFTER_MS.length) - 1] ?? 0;
  return Math.round(base * (1 + JITTER * (2 * random() - 1)));
}

/** How soon an approved withdrawal that has to wait looks again. */
export const WAIT_AGAIN_MS: Readonly<Record<WaitReason, number>> = {
  frozen: 5_000,
  provider_paused: 15_000,
  wallet_paused: 15_000,
  breaker: 5_000,
  configuration: 15_000,
  same_amount: 5_000,
  wallet_busy: 5_000,
  pool_funds: 600_000,
  funds: 600_000,
  on_hold: 60_000,
  not_before: 1_000,
  late_undecided: 60_000,
  balances_unread: 15_000,
  contents_changed: 600_000,
};

/** From so many on that wait for the same wallet, or the same amount, each looks no more seldom. */
export const LINE_MAX = 12;

/** A sender that came too late for its own fence: the next one may try soon. */
export const HELD_BACK_AGAIN_MS = 2_000;

export const FIRST_LOOK_AFTER_MS = 2_000;
const LOOK_AFTER_MAX_MS = 60_000;
/** A failure at the pool is believed when it is read twice, at least so far apart. */
export const FAILURE_CONFIRMED_AFTER_MS = 30_000;
/** What the chain shows is believed when it is read twice, at least so far apart. */
export const PROOFS_APART_MS = 10_000;
/** "Nothing ran" is believed when so many readings, over so long, show that nothing changed. */
export const UNCHANGED_READS = 3;
export const UNCHANGED_FOR_MS = 120_000;
/** A payment that counted as not executed and has a name is looked for once a day, for a month. */
export const LATE_LOOK_EVERY_MS = 24 * 3_600_000;
export const LATE_LOOKS_FOR_MS = 30 * 24 * 3_600_000;
/** What left a wallet is looked for again so long after it was proven: a chain takes back what is young, if anything. */
const STILL_THERE_AFTER_MIN = [10, 60, 24 * 60] as const;
/** What is not shown for so long is gone: a node that lags shows less for a while. */
export const VANISHED_FOR_MS = 10 * 60_000;

/** In how many milliseconds a proven payment is looked for again; null when this look leads to none. */
export function nextLookAtPaid(paidAt: Date, { lookedAt, now }: { lookedAt: Date | null; now: Date }): number | null {
  const passed = (at: Date) => STILL_THERE_AFTER_MIN.filter((mark) => at >= minutesAfter(paidAt, mark)).length;
  const next = STILL_THERE_AFTER_MIN[passed(now)];
  // One look for each mark, however many jobs there are.
  const isFirst = lookedAt === null || lookedAt < paidAt || passed(lookedAt) < passed(now);
  return next && isFirst ? minutesAfter(paidAt, next).getTime() - now.getTime() : null;
}

const minutesAfter = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000);

/** No final word after so long: people look. A transit has the time that its own checks take on top. */
export const FINAL_WORD_WITHIN_MS: Readonly<Record<WithdrawalKind, number>> = {
  mining: 24 * 3_600_000,
  wallet_transfer: 30 * 60_000,
  wallet_transit: 10 * 60_000,
};

/** 2, 3, 4.5 … 60 seconds. */
export const lookDelayMs = (looks: number): number => Math.min(LOOK_AFTER_MAX_MS, FIRST_LOOK_AFTER_MS * 1.5 ** looks);

/** A transit's checks, as they are set at the provider, come on top; `finalWordMs` is a rehearsal's own figure. */
export const transitDeadlineMs = (
  { delayS, count }: { readonly delayS: number; readonly count: number },
  finalWordMs: number | null,
): number => (finalWordMs ?? FINAL_WORD_WITHIN_MS.wallet_transit) + delayS * count * 1_000;

const UNKNOWN_LOOKS_AFTER_MIN = [1, 2, 5, 10, 30, 60] as const;
const HOUR_MS = 3_600_000;

/** When an outcome that is unknown since then is looked at next: after 1, 2, 5, 10 and 30 minutes, then at every full hour. */
export function nextUnknownLook(since: Date, now: Date): Date {
  const elapsedMs = now.getTime() - since.getTime();
  const minutes = UNKNOWN_LOOKS_AFTER_MIN.find((mark) => mark * 60_000 > elapsedMs);
  const afterMs = minutes ? minutes * 60_000 : (Math.floor(elapsedMs / HOUR_MS) + 1) * HOUR_MS;
  return new Date(since.getTime() + afterMs);
}

/** People hear of a payout again that is still without a final word after so long. */
const TOLD_AGAIN_AFTER_HOURS = [1, 24] as const;
export const FIRST_TOLD_AGAIN_AFTER_MS = TOLD_AGAIN_AFTER_HOURS[0] * HOUR_MS;

/** How many hours it has been without one, if that is to be told at this look and was not at the one before. */
export function toldAgainAfter(since: Date, lookedAt: Date | null | undefined, now: Date): number | null {
  const before = lookedAt && lookedAt > since ? lookedAt : since;
  const passed = (hours: number, at: Date) => at.getTime() - since.getTime() >= hours * HOUR_MS;
  return TOLD_AGAIN_AFTER_HOURS.findLast((hours) => passed(hours, now) && !passed(hours, before)) ?? null;
}
