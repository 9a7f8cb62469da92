'use client';

import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

interface TableProps {
  readonly caption: string;
  readonly head: ReactNode;
  readonly children: ReactNode;
  /** The rows are of an earlier question; the answer to this one is on its way. */
  readonly outdated?: boolean;
  /** Rows that people skim: where it is narrow, a card is the row's name and what is not `tight`, without the columns' names. */
  readonly skimmed?: boolean;
}

/** A native table; `tables.css` turns its rows into cards where it is narrow. */
export function Table({ caption, head, children, outdated = false, skimmed = false }: TableProps) {
  return (
    <div className="table-frame rounded-card border border-rule bg-surface">
      <table className={cx('data-table', outdated && 'opacity-60', skimmed && 'skimmed')} aria-busy={outdated}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** What goes first where the table is narrow, and what after it. As cards, all of it is there again. */
type Tight = 'first' | 'second';
const TIGHT = { first: 'drop-first', second: 'drop-second' } as const satisfies Record<Tight, string>;

interface HeaderProps {
  readonly numeric?: boolean;
  readonly tight?: Tight;
  readonly children: ReactNode;
}

export function Header({ numeric, tight, children }: HeaderProps) {
  return (
    <th scope="col" className={cx(numeric && 'numeric', tight && TIGHT[tight])}>
      {children}
    </th>
  );
}

interface SortHeaderProps {
  readonly direction: 'asc' | 'desc' | null;
  readonly onSort: () => void;
  readonly tight?: Tight;
  readonly children: ReactNode;
}

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;

export function SortHeader({ direction, onSort, tight, children }: SortHeaderProps) {
  const Icon = direction === 'asc' ? ArrowUp : direction === 'desc' ? ArrowDown : ChevronsUpDown;
  return (
    <th scope="col" aria-sort={direction ? ARIA_SORT[direction] : 'none'} className={cx(tight && TIGHT[tight])}>
      <button type="button" onClick={onSort} className="-mx-1 inline-flex min-h-8 items-center gap-1 px-1 font-medium">
        {children}
        <Icon aria-hidden size={14} className={direction ? 'text-ink' : 'text-ink-3'} />
      </button>
    </th>
  );
}

interface CellProps {
  /** The column's name, shown beside the value where the table has become cards. */
  readonly label: string;
  readonly numeric?: boolean;
  readonly tight?: Tight;
  /** Sentences: they take the room that is left, and all of the line where the table has become cards. */
  readonly prose?: boolean;
  readonly children: ReactNode;
}

export function Cell({ label, numeric, tight, prose, children }: CellProps) {
  return (
    <td data-label={label} className={cx(numeric && 'numeric', tight && TIGHT[tight], prose && 'prose')}>
      {children}
    </td>
  );
}

export function RowHeader({ label, children }: CellProps) {
  return (
    <th scope="row" data-label={label}>
      {children}
    </th>
  );
}
