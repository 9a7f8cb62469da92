export type { AuditEvent } from './audit-event.entity.ts';
export { type AuditEntry, type AuditSubject, AuditTrail } from './audit-trail.ts';
