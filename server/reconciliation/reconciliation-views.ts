import type { DifferenceView, ReconciliationRunView } from './contract.ts';
import type { DifferenceKind, DifferenceState, RunStatus } from './statuses.ts';

type Instant = Date | string;

export interface RunRow {
  readonly id: string;
  readonly from_text: string;
  readonly to_text: string;
  readonly status: RunStatus;
  readonly requested_by: string;
  readonly started_at: Instant;
  readonly ended_at: Instant | null;
  readonly listed_rows: number;
  readonly known_rows: number;
  readonly attempts: number;
  readonly seen: number;
  readonly found: number;
  readonly reason: string | null;
}

export interface DifferenceRow {
  readonly id: string;
  readonly kind: DifferenceKind;
  readonly asset: string;
  readonly day_text: string;
  readonly reference: string | null;
  readonly withdrawal_id: string | null;
  readonly attempt_id: string | null;
  readonly expected: string | null;
  readonly observed: string | null;
  readonly found_in: string;
  readonly found_at: Instant;
  readonly seen_at: Instant;
  readonly gone_at: Instant | null;
  readonly explained_at: Instant | null;
  readonly explained_by: string | null;
  readonly note: string | null;
}

export const runOf = (row: RunRow): ReconciliationRunView => ({
  ...{ id: row.id, from: row.from_text, to: row.to_text, status: row.status, requestedBy: row.requested_by },
  startedAt: instant(row.started_at),
  endedAt: row.ended_at && instant(row.ended_at),
  ...{
    listedRows: row.listed_rows,
    knownRows: row.known_rows,
    attempts: row.attempts,
    seen: row.seen,
    found: row.found,
    reason: row.reason,
  },
});

export const differenceOf = (row: DifferenceRow): DifferenceView => ({
  ...{ id: row.id, kind: row.kind, state: stateOf(row), asset: row.asset, day: row.day_text },
  ...{ reference: row.reference, withdrawalId: row.withdrawal_id, attemptId: row.attempt_id },
  ...{ expected: row.expected, observed: row.observed, foundIn: row.found_in },
  foundAt: instant(row.found_at),
  seenAt: instant(row.seen_at),
  goneAt: row.gone_at && instant(row.gone_at),
  explainedAt: row.explained_at && instant(row.explained_at),
  ...{ explainedBy: row.explained_by, note: row.note },
});

function stateOf({ gone_at: goneAt, explained_at: explainedAt }: DifferenceRow): DifferenceState {
  if (goneAt) return 'gone';
  return explainedAt ? 'explained' : 'open';
}

const instant = (at: Instant): string => new Date(at).toISOString();
