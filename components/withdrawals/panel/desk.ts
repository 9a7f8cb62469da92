import type { Candidate } from '#components/evidence/candidates.ts';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { Note } from './note.ts';

export type Proposal = OpenDecisionView;

/** Sheets that need nothing but the withdrawal. */
export interface PlainSheet {
  readonly name: 'approve' | 'reject' | 'cancel' | 'hold' | 'release' | 'remark' | 'edit' | 'retry';
}

/** Sheets about an outcome that nobody knows. */
export type EvidenceSheet =
  | { readonly name: 'attach' | 'escalate' | 'not_paid' }
  /** With the row that was chosen, or with a reference that was found elsewhere. */
  | { readonly name: 'paid'; readonly candidate: Candidate | null }
  | { readonly name: 'confirm' | 'withdraw'; readonly proposal: Proposal };

/** Leg 2 as the platform did it: for the first person without a proposal, for the second with theirs. */
export interface ReportSheet {
  readonly name: 'report';
  readonly proposal: Proposal | null;
}

/** A sheet that lies over the panel. */
export type Sheet = PlainSheet | ReportSheet | EvidenceSheet;

/** What lies on the operator's desk beside the withdrawal: the open sheet, and what became of the last decision. */
export interface Desk {
  readonly sheet: Sheet | null;
  readonly note: Note | null;
  readonly open: (sheet: Sheet | null) => void;
  readonly say: (note: Note) => void;
}
