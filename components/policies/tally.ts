import type { PolicySimulateView } from '#server/policies/contract.ts';

type Page = Extract<PolicySimulateView, { kind: 'since' }>;

/** What a backtest has found so far. */
export interface Found extends Omit<Page, 'kind' | 'reachedAt' | 'nextCursor'> {
  /** Zero before the first page. */
  readonly days: number;
  readonly percent: number;
}

export const NOTHING_YET: Found = {
  ...{ days: 0, percent: 0, looked: 0, more: 0, less: 0, byPolicy: 0, blocked: 0, extraApprovals: 0, longestWaitMs: 0 },
  examples: [],
};

const EXAMPLES_MAX = 20;

export const addTo = (sum: Found, page: Page, percent: number): Found => ({
  days: sum.days,
  percent,
  looked: sum.looked + page.looked,
  more: sum.more + page.more,
  less: sum.less + page.less,
  byPolicy: sum.byPolicy + page.byPolicy,
  blocked: sum.blocked + page.blocked,
  extraApprovals: sum.extraApprovals + page.extraApprovals,
  longestWaitMs: Math.max(sum.longestWaitMs, page.longestWaitMs),
  examples: [...sum.examples, ...page.examples].slice(0, EXAMPLES_MAX),
});

/** By time, which is known, and not by number, which would have to be counted first. */
export function progressOf(reachedAt: string, { startMs, fromMs }: { startMs: number; fromMs: number }): number {
  return Math.round((100 * (startMs - Date.parse(reachedAt))) / (startMs - fromMs));
}

const HOUR_MS = 3_600_000;

/** One decimal is as fine as an estimate should look. */
export const perDay = (count: number, days: number): string => `${Math.round((10 * count) / days) / 10}`;
export const hoursOf = (ms: number): string => `${Math.round((10 * ms) / HOUR_MS) / 10}`;
