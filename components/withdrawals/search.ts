import type { Zone } from '#components/preferences/preferences.ts';
import { startOfDay } from '#components/ui/time-text.ts';
import { hrefOf, loaderOf, oneOf, text, texts, type ValuesOf } from '#components/url/params.ts';
import type { WithdrawalFilter, WithdrawalListInput } from '#server/withdrawals/contract.ts';
import { FINAL_STATUSES, type WithdrawalStatus } from '#server/withdrawals/statuses.ts';

/** The questions operators come with: each a set of statuses, and of what waits that which waits for oneself. */
export const VIEWS = ['waiting', 'mine', 'moving', 'review', 'done', 'all'] as const;
export type View = (typeof VIEWS)[number];

export const VIEW_STATUSES: Readonly<Record<Exclude<View, 'mine'>, readonly WithdrawalStatus[]>> = {
  waiting: ['pending', 'approved_pending'],
  moving: ['approved', 'retrying', 'submitted', 'pending-transit'],
  review: ['manual-review'],
  done: FINAL_STATUSES,
  all: [],
};

export const PAGE_ROWS = 50;

/** All that decides what the screen shows is in the address: it can be shared, and Back undoes one step. */
export const withdrawalSearch = {
  view: oneOf(VIEWS, 'waiting'),
  q: text,
  asset: text,
  member: text,
  from: text,
  to: text,
  by: oneOf(['requestedAt', 'updatedAt'], 'requestedAt'),
  dir: oneOf(['asc', 'desc'], 'desc'),
  /** The cursors walked through so far: the last is this page's, the ones before lead back. */
  after: texts,
  id: text,
};
export type WithdrawalSearch = ValuesOf<typeof withdrawalSearch>;

export const loadWithdrawalSearch = loaderOf(withdrawalSearch);
export const withdrawalHref = hrefOf(withdrawalSearch);

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What to ask the server. Days start and end where the operator's zone says so. */
export function listInput(search: WithdrawalSearch, zone: Zone): WithdrawalListInput {
  const { view } = search;
  const statuses = VIEW_STATUSES[view === 'mine' ? 'waiting' : view];
  const filter: WithdrawalFilter = {
    ...(statuses.length > 0 && { status: [...statuses] }),
    ...(view === 'mine' && { forMe: true as const }),
    ...(search.q && { q: search.q }),
    ...(search.asset && { asset: search.asset }),
    ...(search.member && { memberId: search.member }),
    ...(isDay(search.from) && { from: startOfDay(search.from, zone) }),
    ...(isDay(search.to) && { to: startOfDay(search.to, zone, 1) }),
  };
  return {
    filter,
    sort: { by: search.by, dir: search.dir },
    cursor: search.after.at(-1) ?? null,
    limit: PAGE_ROWS,
  };
}

/** Another question starts on its first page. */
export const FIRST_PAGE = { after: null } as const;
export const NO_FILTERS = { q: null, asset: null, member: null, from: null, to: null, ...FIRST_PAGE } as const;

export const hasFilters = ({ q, asset, member, from, to }: WithdrawalSearch): boolean =>
  [q, asset, member, from, to].some((value) => value !== null);

function isDay(text: string | null): text is string {
  return text !== null && DAY.test(text) && !Number.isNaN(Date.parse(text));
}
