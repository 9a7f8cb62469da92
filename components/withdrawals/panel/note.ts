/** What became of the operator's own decision. */
export type DoneNote =
  | 'approved'
  | 'first_vote'
  | 'rejected'
  | 'cancelled'
  | 'held'
  | 'released'
  | 'noted'
  | 'edited'
  | 'retried'
  | 'reopened'
  | 'proposed'
  | 'proposal_withdrawn'
  | 'resolved_paid'
  | 'resolved_returned'
  | 'resolved_again'
  | 'reported'
  | 'attached'
  | 'escalated'
  | 'rechecked';
/** It stays on the screen, and follows what becomes of the withdrawal. */
export type Note = DoneNote | 'already_decided';
