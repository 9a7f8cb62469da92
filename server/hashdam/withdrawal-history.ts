import { DomainError } from '#server/kernel/errors.ts';
import type { HashDamClient, HashDamPage } from './hashdam-client.ts';

const HISTORY_ROWS_PER_PAGE = 1000;
const HISTORY_PAGES_MAX = 100;

type HistoryQuery = NonNullable<Parameters<HashDamClient['assetWithdrawHistory']>[0]>;
type HistoryPage = Awaited<ReturnType<HashDamClient['assetWithdrawHistory']>>;
export type HistoryRow = HistoryPage['rows'][number];

export interface History {
  readonly rows: readonly HistoryRow[];
  /** False for a page that does not say what it is a page of. */
  readonly isWhole: boolean;
}

/**
 * Reads all pages, oldest first, or throws: a list without a total, or one that moved while it was read, proves nothing
 * about what is not in it. Of one withdrawal id the vendor's bare page will do, as long as it is not full: what is in it is
 * so, whatever else there may be.
 */
export async function readHistory(client: HashDamClient, query: HistoryQuery): Promise<History> {
  const rows: HistoryRow[] = [];
  let total: number | null = null;
  for (let page = 1; page <= HISTORY_PAGES_MAX; page += 1) {
    const read = await client.assetWithdrawHistory({ ...query, page, limit: HISTORY_ROWS_PER_PAGE, sort: false });
    if (page === 1 && isBarePage(read, query)) return { rows: read.rows, isWhole: false };
    const pageTotal = totalOf(read, page);
    total ??= pageTotal;
    if (pageTotal !== total) throw incomplete('history_moved');
    rows.push(...read.rows);
    if (rows.length === total && read.pagination?.hasNext !== true) return { rows, isWhole: true };
    if (rows.length >= total || read.rows.length === 0) throw incomplete('history_total_differs');
  }
  throw incomplete('history_too_long');
}

const isBarePage = ({ pagination, rows }: HashDamPage<unknown>, { withdrawId }: HistoryQuery): boolean =>
  withdrawId !== undefined && pagination == null && rows.length < HISTORY_ROWS_PER_PAGE;

function totalOf({ pagination }: HashDamPage<unknown>, page: number): number {
  if (pagination?.total == null) throw withoutTotal();
  // A page we did not ask for could hide rows behind ones we have seen.
  if (pagination.currentPage != null && pagination.currentPage !== page) throw incomplete('history_other_page');
  return pagination.total;
}

export const withoutTotal = (): DomainError => incomplete('history_without_total');

function incomplete(reason: string): DomainError {
  return new DomainError('provider.unreachable', `the pool's withdrawal history could not be read whole: ${reason}`, {
    detail: { provider: 'hashdam', method: 'assetWithdrawHistory', reason },
  });
}
