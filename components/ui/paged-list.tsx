'use client';

import type { ReactNode } from 'react';
import { Freshness } from './freshness.tsx';
import { Pagination } from './pagination.tsx';
import { ErrorState, Loading } from './states.tsx';

interface PagedListProps<Row> {
  readonly query: {
    readonly data:
      | {
          readonly rows: readonly Row[];
          readonly nextCursor: string | null;
          readonly total: { readonly count: number; readonly exact: boolean };
        }
      | undefined;
    readonly isPending: boolean;
    readonly isError: boolean;
    readonly error: unknown;
    readonly dataUpdatedAt: number;
    readonly refetch: () => unknown;
  };
  /** The cursors walked through so far: the last is this page's. */
  readonly after: readonly string[];
  readonly onPage: (after: string[]) => void;
  readonly empty: ReactNode;
  readonly children: (rows: readonly Row[]) => ReactNode;
}

/** A list that is read again while somebody looks at it: how old it is, its rows, and the pages before and after. */
export function PagedList<Row>({ query, after, onPage, empty, children }: PagedListProps<Row>) {
  if (query.isPending) return <Loading rows={8} />;
  if (!query.data) return <ErrorState error={query.error} onRetry={query.refetch} />;
  const { rows, nextCursor, total } = query.data;
  return (
    <>
      <div className="-mb-2 flex justify-end">
        <Freshness query={query} />
      </div>
      {rows.length > 0 ? children(rows) : empty}
      <Pagination
        shown={rows.length}
        total={total}
        onPrevious={after.length > 0 ? () => onPage(after.slice(0, -1)) : null}
        onNext={nextCursor ? () => onPage([...after, nextCursor]) : null}
      />
    </>
  );
}
