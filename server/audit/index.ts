export { type AuditSubject, AuditTrail } from './audit-trail.ts';
