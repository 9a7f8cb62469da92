'use client';

import { type ComponentType, lazy, Suspense, useRef, useState } from 'react';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import type { SheetProps } from '../sheets/use-decision.ts';
import type { Desk, PlainSheet, Sheet } from './desk.ts';
import { PANEL_HEADING_ID } from './panel-head.tsx';

const PLAIN = {
  approve: lazy(() => import('../sheets/approve-sheet.tsx').then((module) => ({ default: module.ApproveSheet }))),
  reject: lazy(() => import('../sheets/reject-sheet.tsx').then((module) => ({ default: module.RejectSheet }))),
  cancel: lazy(() => import('../sheets/cancel-sheet.tsx').then((module) => ({ default: module.CancelSheet }))),
  hold: lazy(() => import('../sheets/hold-sheet.tsx').then((module) => ({ default: module.HoldSheet }))),
  release: lazy(() => import('../sheets/release-sheet.tsx').then((module) => ({ default: module.ReleaseSheet }))),
  remark: lazy(() => import('../sheets/remark-sheet.tsx').then((module) => ({ default: module.RemarkSheet }))),
  edit: lazy(() => import('../sheets/edit-sheet.tsx').then((module) => ({ default: module.EditSheet }))),
  retry: lazy(() => import('../sheets/retry-sheet.tsx').then((module) => ({ default: module.RetrySheet }))),
} satisfies Record<PlainSheet['name'], ComponentType<SheetProps>>;

const ReportSheet = lazy(() =>
  import('../sheets/report-sheet.tsx').then((module) => ({ default: module.ReportSheet })),
);
const EvidenceSheet = lazy(() =>
  import('#components/evidence/sheets/evidence-sheet.tsx').then((module) => ({ default: module.EvidenceSheet })),
);

interface OpenSheetProps {
  readonly withdrawal: WithdrawalView;
  readonly desk: Desk;
}

export function OpenSheet({ withdrawal, desk }: OpenSheetProps) {
  return desk.sheet && <SheetOf key={desk.sheet.name} sheet={desk.sheet} withdrawal={withdrawal} desk={desk} />;
}

interface SheetOfProps extends OpenSheetProps {
  readonly sheet: Sheet;
}

function SheetOf({ sheet, withdrawal, desk }: SheetOfProps) {
  // What is decided may leave the list, and nobody knows then which row came after it.
  const [following] = useState(() => (GOES_ON.includes(sheet.name) ? rowAfter(withdrawal.id) : null));
  const isDecided = useRef(false);
  const props: SheetProps = {
    current: withdrawal,
    onClose: () => desk.open(null),
    onOutcome: (note) => {
      isDecided.current = true;
      desk.say(note);
      desk.open(null);
    },
    finalFocus: () => (isDecided.current && following && rowOf(following)) || rowOf(withdrawal.id) || heading(),
  };
  if (sheet.name === 'report') {
    return (
      <Suspense>
        <ReportSheet {...props} proposal={sheet.proposal} />
      </Suspense>
    );
  }
  if (!isPlain(sheet)) {
    return (
      <Suspense>
        <EvidenceSheet {...props} sheet={sheet} />
      </Suspense>
    );
  }
  const Plain = PLAIN[sheet.name];
  return (
    <Suspense>
      <Plain {...props} />
    </Suspense>
  );
}

const isPlain = (sheet: Sheet): sheet is PlainSheet => sheet.name in PLAIN;

/** After these the next request is looked at; after the others this one is still the subject. */
const GOES_ON: readonly Sheet['name'][] = ['approve', 'reject'];

/** Null where it is in no list, or the list is hidden behind the panel. */
function rowOf(id: string): HTMLElement | null {
  const row = document.querySelector<HTMLElement>(`a[data-row-id="${CSS.escape(id)}"]`);
  return row?.offsetParent ? row : null;
}

function rowAfter(id: string): string | null {
  const rows = [...document.querySelectorAll<HTMLElement>('a[data-row-id]')].map(({ dataset }) => dataset['rowId']);
  const here = rows.indexOf(id);
  return (here >= 0 && rows[here + 1]) || null;
}

const heading = () => document.getElementById(PANEL_HEADING_ID);
