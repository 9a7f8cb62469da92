/** What can be wrong in a way that only people decide. Each closes with a resolution, never by time. */
export const INCIDENT_KINDS = [
  /** Money that was taken for not sent turned out to be sent. */
  'late_success',
  /** The provider named a payment by a reference that another attempt has. */
  'reference_used',
  /** The provider answered about another coin or amount than was asked. */
  'echo_mismatch',
  /** The provider refused, and named a payment all the same. */
  'refused_with_reference',
  /** The provider's list says several things under one name. */
  'history_contradicts',
  /** The pool lists a payout that fits nothing we know of. */
  'unexplained_payout',
  /** The chain shows another sender, recipient or amount than was asked. */
  'receipt_mismatch',
  /** A callback says the opposite of what is known. */
  'callback_contradicts',
  /** Paid twice, perhaps: an attempt that people closed without proof has a twin on the chain. */
  'closed_without_proof',
  /** A wallet holds less than the books say. */
  'short_funds',
  /** The provider took a completed payment back. */
  'provider_reversed',
  /** A new wallet key may be in an answer that was lost. */
  'key_rotation_unknown',
  /** The provider answers as if it were set up wrongly. */
  'configuration',
  /** An approved withdrawal is not what was approved: somebody wrote to the database past the console. */
  'contents_changed',
] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** What two people may say of one. Which of it fits goes by the kind. */
export const INCIDENT_DECISIONS = [
  /** The late payment is taken as the withdrawal's own. */
  'adopt',
  /** The late payment stays with the company. */
  'keep',
  /** What is missing is given up. */
  'write_off',
  /** The member owes what was paid. */
  'receivable',
  /** The provider took the payment back: the books follow. */
  'unsettle',
  /** Only the provider's word changed; the coins are where they were. */
  'word_changed',
  /** A payout that somebody made by hand at the pool: the company has it. */
  'register',
  /** A row of the pool's list that is no payment of ours and moves nothing. */
  'explain',
  /** Looked at; nothing is to be booked. */
  'close',
] as const;
export type IncidentDecision = (typeof INCIDENT_DECISIONS)[number];
