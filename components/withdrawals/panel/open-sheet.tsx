'use client';

import { type ComponentType, lazy, Suspense } from 'react';
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
  const { sheet } = desk;
  if (!sheet) return null;
  const props: SheetProps = {
    current: withdrawal,
    onClose: () => desk.open(null),
    onOutcome: (note) => {
      desk.say(note);
      desk.open(null);
    },
    finalFocus: () => rowOf(withdrawal.id),
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

/** Back to the row, or to the panel's own heading where the list is hidden behind it. */
function rowOf(id: string): HTMLElement | null {
  const row = document.querySelector<HTMLElement>(`a[data-row-id="${CSS.escape(id)}"]`);
  return row?.offsetParent ? row : document.getElementById(PANEL_HEADING_ID);
}
