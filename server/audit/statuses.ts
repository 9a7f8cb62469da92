/** What became of what somebody tried: it was done, it was refused with a reason, or something unexpected happened. */
export const AUDIT_OUTCOMES = ['done', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** What was done, in the record's own word: `withdrawal.approved`, or a procedure that did not do what was asked. */
export const ACTION_CODE = /^[A-Za-z_.]{1,64}$/;
/** Of those that people know by one name, such as what was done and what was refused, so many are looked for at once. */
export const ACTIONS_MAX = 12;

/** What can be wrong with the record, in the words of screen, command and log. */
export const AUDIT_FAULTS = [
  /** A place in the chain is empty. */
  'link_missing',
  /** The chain's own entry was changed. */
  'link_altered',
  /** The chain has an entry for a row that is not there. */
  'row_missing',
  'row_altered',
  /** A row that Countersign did not write. */
  'row_foreign',
  /** A row that is older than the chain's end and not in it. */
  'row_unchained',
  /** The chain goes on behind its end, or its end is not what the head says. */
  'head_differs',
  /** The head's signature is missing or wrong. */
  'head_unsigned',
  /** A signed head that was kept outside says that the chain was longer. */
  'tail_cut',
  /** A signed head that was kept outside says that the chain was another one. */
  'rebuilt',
  /** A line among the kept heads that no key of ours signed. */
  'kept_head_false',
] as const;
export type AuditFault = (typeof AUDIT_FAULTS)[number];

export const ACTOR_TYPES = ['operator', 'api_key', 'system', 'anonymous'] as const;

/** What a row is about. */
export const AUDIT_SUBJECTS = [
  'withdrawal',
  'wallet',
  'asset',
  'ledger',
  'operator',
  'api_key',
  'allow_list',
  'policy',
  'provider',
  'freeze',
  'mining',
  'incident',
  'reconciliation',
  'difference',
  'notification',
  'webhook',
  /** The record itself. */
  'audit',
  'system',
  /** A procedure that did not do what was asked. */
  'call',
] as const;
export type AuditSubject = (typeof AUDIT_SUBJECTS)[number];
