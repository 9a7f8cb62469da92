'use client';

import { useCommands } from '#components/keyboard/keyboard-provider.tsx';

interface RowWalk {
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
  /** The panel is open and another row has the focus: the panel goes with it. */
  readonly onFollow: (id: string) => void;
  readonly onClose: () => void;
  /** Absent where there is nothing to search in. */
  readonly onSearch?: () => void;
}

/** Walking through the rows without a mouse. */
export function useRowWalk({ openId, onOpen, onFollow, onClose, onSearch }: RowWalk): void {
  const step = (by: 1 | -1) => {
    const rows = rowLinks();
    const here = rows.findIndex((row) => row === document.activeElement || row.dataset['rowId'] === openId);
    const target = here < 0 ? rows[0] : rows[Math.min(rows.length - 1, Math.max(0, here + by))];
    const id = target?.dataset['rowId'];
    if (!target || !id) return;
    target.focus();
    if (openId) onFollow(id);
  };

  const open = () => {
    const rows = rowLinks();
    const id = (rows.find((row) => row === document.activeElement) ?? rows[0])?.dataset['rowId'];
    if (id) onOpen(id);
  };

  useCommands({
    next: () => step(1),
    previous: () => step(-1),
    open,
    ...(onSearch ? { search: onSearch } : {}),
    // With the panel closed there is no decision to take yet: the first press shows what it would be about.
    ...(openId ? { close: onClose } : { approve: open, reject: open, hold: open, note: open, recheck: open }),
  });
}

/** Back to where the panel was opened from. On a narrow screen the list is only there after the next frame. */
export function focusRow(id: string): void {
  requestAnimationFrame(() => {
    const rows = rowLinks();
    // What was decided may have left this view: then the work goes on at its first row.
    const row = rows.find((link) => link.dataset['rowId'] === id) ?? rows[0];
    (row ?? document.getElementById('main'))?.focus();
  });
}

const rowLinks = () => [...document.querySelectorAll<HTMLAnchorElement>('a[data-row-id]')];
