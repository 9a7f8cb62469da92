import { hash } from 'node:crypto';

/**
 * A row of the record exactly as the table holds it: JSON as the database's own text, instants with their microseconds.
 * Nothing that can be changed in the table is lost on the way here.
 */
export interface AuditRecord {
  readonly id: string;
  readonly at: string;
  readonly actorType: string;
  readonly actorId: string;
  readonly sessionId: string | null;
  readonly requestId: string | null;
  readonly ip: string | null;
  readonly action: string;
  readonly outcome: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly reason: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly mac: string | null;
  readonly xact: string;
}

/** What to select of `audit_events e` to get records. */
export const RECORD_COLUMNS = `e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  e.actor_type as "actorType", e.actor_id as "actorId", e.session_id as "sessionId", e.request_id as "requestId", e.ip,
  e.action, e.outcome, e.subject_type as "subjectType", e.subject_id as "subjectId", e.reason,
  e.before::text as before, e.after::text as after, e.mac, e.xact::text as xact`;

/** The columns in the order in which they are hashed. */
export const RECORD_FIELDS = [
  'id',
  'at',
  'actorType',
  'actorId',
  'sessionId',
  'requestId',
  'ip',
  'action',
  'outcome',
  'subjectType',
  'subjectId',
  'reason',
  'before',
  'after',
  'mac',
  'xact',
] as const satisfies readonly (keyof AuditRecord)[];

/** SHA-256 in hex of the JSON array of all columns: what a row was when it was taken into the chain. */
export const eventHash = (record: AuditRecord): string =>
  hash('sha256', JSON.stringify(RECORD_FIELDS.map((field) => record[field])), 'hex');
