/** The words of reconciliation, free of imports: the screen, the log and the tables use the same. */

export const RUN_STATUSES = ['running', 'completed', 'failed'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** Ways in which the pool's records, the withdrawals and the books can say different things. */
export const DIFFERENCE_KINDS = [
  /** We count a payment as made, and the pool does not list it. */
  'missing',
  /** The pool lists what is no payment of ours, and nobody has said what it is. */
  'extra',
  /** The pool lists one payment of ours several times. */
  'repeated',
  'amount',
  'status',
  'address',
  'fee',
  /** The books moved another amount out of the pool than it lists. */
  'booked',
  /** An attempt has other postings than its outcome asks for. */
  'postings',
  /** A withdrawal stands otherwise than its last attempt. */
  'withdrawal',
  /** A day at the pool does not add up: its balance before, what was mined and what left give another balance. */
  'equation',
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** `explained`: a person said why. `gone`: a later run no longer found it. */
export const DIFFERENCE_STATES = ['open', 'explained', 'gone'] as const;
export type DifferenceState = (typeof DIFFERENCE_STATES)[number];
