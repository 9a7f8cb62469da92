'use client';

import type { EvidenceSheet as Opened } from '#components/withdrawals/panel/desk.ts';
import type { SheetProps } from '#components/withdrawals/sheets/use-decision.ts';
import { AttachSheet } from './attach-sheet.tsx';
import { ConfirmSheet } from './confirm-sheet.tsx';
import { EscalateSheet } from './escalate-sheet.tsx';
import { NotPaidSheet } from './not-paid-sheet.tsx';
import { PaidSheet } from './paid-sheet.tsx';
import { WithdrawSheet } from './withdraw-sheet.tsx';

/** What people do about an outcome that nobody knows; loaded when the first of them is opened. */
export function EvidenceSheet({ sheet, ...props }: SheetProps & { readonly sheet: Opened }) {
  switch (sheet.name) {
    case 'paid':
      return <PaidSheet {...props} candidate={sheet.candidate} />;
    case 'not_paid':
      return <NotPaidSheet {...props} />;
    case 'confirm':
      return <ConfirmSheet {...props} proposal={sheet.proposal} />;
    case 'withdraw':
      return <WithdrawSheet {...props} proposal={sheet.proposal} />;
    case 'attach':
      return <AttachSheet {...props} />;
    case 'escalate':
      return <EscalateSheet {...props} />;
  }
}
