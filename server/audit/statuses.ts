/** What became of what somebody tried: it was done, it was refused with a reason, or something unexpected happened. */
export const AUDIT_OUTCOMES = ['done', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];
