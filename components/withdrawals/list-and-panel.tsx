'use client';

import { type ReactNode, type RefObject, Suspense, useRef } from 'react';
import { focusRow, useRowWalk } from './use-row-walk.ts';

interface ListAndPanelProps {
  readonly title: string;
  /** How wide the panel is at most. */
  readonly width: 'normal' | 'wide';
  /** Null while no row is open. */
  readonly panel: ReactNode;
  /** The list, with its heading and filters. */
  readonly children: ReactNode;
}

const WIDTHS = {
  normal: 'xl:grid-cols-[minmax(0,1fr)_520px]',
  wide: 'xl:grid-cols-[minmax(0,1fr)_560px]',
} as const;

/** A list with the open row beside it; where there is no room for both, in its place. */
export function ListAndPanel({ title, width, panel, children }: ListAndPanelProps) {
  return (
    <div className={panel ? `grid gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(400px,480px)] ${WIDTHS[width]}` : ''}>
      <div className={`flex min-w-0 flex-col gap-4 ${panel ? 'max-lg:hidden' : ''}`}>{children}</div>
      {panel && <h1 className="sr-only lg:hidden">{title}</h1>}
      {panel && <Suspense>{panel}</Suspense>}
    </div>
  );
}

interface OpenRow {
  readonly open: (id: string) => void;
  readonly close: () => void;
  /** For the panel: whether it was opened on purpose, so that the focus goes there. */
  readonly takesFocus: RefObject<boolean>;
}

interface OpenRowOptions {
  readonly id: string | null;
  readonly onChange: (change: { readonly id: string | null }, options?: { readonly history: 'replace' }) => void;
  readonly onSearch?: () => void;
}

/** Opens and closes rows, by hand and by keys; afterwards the focus is back on the row. */
export function useOpenRow({ id, onChange, onSearch }: OpenRowOptions): OpenRow {
  const takesFocus = useRef(false);
  const open = (wanted: string) => {
    takesFocus.current = true;
    onChange({ id: wanted });
  };
  const close = () => {
    onChange({ id: null });
    if (id) focusRow(id);
  };
  useRowWalk({
    openId: id,
    onOpen: open,
    onFollow: (next) => onChange({ id: next }, { history: 'replace' }),
    onClose: close,
    ...(onSearch && { onSearch }),
  });
  return { open, close, takesFocus };
}
