import { z } from 'zod';
import { cursor, instant, json, limit, page, uuid } from '#server/kernel/wire.ts';
import { ACTION_CODE, ACTIONS_MAX, ACTOR_TYPES, AUDIT_FAULTS, AUDIT_OUTCOMES, AUDIT_SUBJECTS } from './statuses.ts';

const place = z.int().nonnegative();

/** `q` is the id of what a row is about. `from` is included, `to` is not. */
export const auditFilter = z.strictObject({
  actorId: z.string().min(1).max(64).optional(),
  subjectType: z.enum(AUDIT_SUBJECTS).optional(),
  action: z.array(z.string().regex(ACTION_CODE)).min(1).max(ACTIONS_MAX).optional(),
  outcome: z.array(z.enum(AUDIT_OUTCOMES)).min(1).max(AUDIT_OUTCOMES.length).optional(),
  from: instant.optional(),
  to: instant.optional(),
  q: z.string().trim().min(1).max(64).optional(),
});
export const auditListInput = z.strictObject({ filter: auditFilter.prefault({}), cursor, limit });

/** `name` is null where nobody of that id is known. */
const recordedActor = z.object({ type: z.enum(ACTOR_TYPES), id: z.string(), name: z.string().nullable() });

/** `label` says what a person knows it by: a name, an address, an amount. */
const recordedSubject = z.object({ type: z.enum(AUDIT_SUBJECTS), id: z.string(), label: z.string().nullable() });

export const auditRowView = z.object({
  id: uuid,
  at: instant,
  actor: recordedActor,
  sessionId: z.string().nullable(),
  requestId: z.string().nullable(),
  ip: z.string().nullable(),
  action: z.string(),
  outcome: z.enum(AUDIT_OUTCOMES),
  subject: recordedSubject,
  reason: z.string().nullable(),
  before: json,
  after: json,
  /** Its place in the chain; null until the sealer has taken it in. */
  position: place.nullable(),
});
export const auditPage = page(auditRowView);

export const auditActorsInput = z.strictObject({});
export const auditActorsView = z.object({
  rows: z.array(z.object({ type: z.enum(['operator', 'api_key']), id: uuid, name: z.string() })),
});

/** So many rows at most come in one part of an export, so that no answer grows with the record. */
export const EXPORT_ROWS = 2_000;

export const auditExportInput = z.strictObject({ filter: auditFilter.prefault({}), cursor });
export const auditExportPart = auditPage.omit({ total: true });

/** `after` is the manifest of the part before, with our signature under it; null for the first part. */
export const auditSignedExportInput = z.strictObject({
  filter: auditFilter.prefault({}),
  after: z
    .strictObject({ manifest: z.string().max(8_192), keyId: z.string().max(64), signature: z.string().max(128) })
    .nullable(),
});
export const auditSignedExportPart = z.object({
  /** One line of the file each: first what is signed, then its rows. */
  lines: z.array(z.string()).min(1),
  rows: place,
  /** To be sent for the next part; null: this was the last. */
  after: z.object({ manifest: z.string(), keyId: z.string(), signature: z.string() }).nullable(),
});

export const auditSigningInput = z.strictObject({});
/** Whose signature is under heads and exports; null where nothing is signed. */
export const auditSigningView = z.object({ key: z.object({ id: z.string(), spki: z.string() }).nullable() });

/** Where the record is not as it was written. `position` counts in the chain, from 1; null for a row outside it. */
const auditFaultView = z.object({
  fault: z.enum(AUDIT_FAULTS),
  position: place.nullable(),
  eventId: uuid.nullable(),
});

/** What is not a matter of single rows: where the chain ends, and how that stands to what was kept outside. */
const chainEnd = z.object({
  head: z.object({
    position: place,
    hash: z.string(),
    at: instant,
    keyId: z.string().nullable(),
    isSigned: z.boolean(),
  }),
  /** Committed rows that the sealer has yet to take in. */
  waiting: z.object({ count: place, oldestAt: instant.nullable() }),
  /** Signed heads from outside the database that were compared; null where there are none at hand. */
  keptHeads: z.object({ count: place, lastAt: instant.nullable() }).nullable(),
});

/** The chain is looked through in parts: the next begins where one ended. */
export const auditVerifyInput = z.strictObject({ after: place.max(Number.MAX_SAFE_INTEGER).default(0) });
export const auditVerifyView = z.object({
  checkedTo: place,
  end: place,
  /** In this part. */
  faults: place,
  /** The lowest in the chain. */
  firstFault: auditFaultView.nullable(),
  /** With the last part alone. */
  rest: chainEnd.nullable(),
});

/** What a look through the whole record came to. */
export interface AuditVerdict extends z.infer<typeof chainEnd> {
  readonly sound: boolean;
  readonly checked: number;
  readonly faults: number;
  readonly firstFault: AuditFaultView | null;
}

export type AuditFilter = z.infer<typeof auditFilter>;
export type AuditListInput = z.infer<typeof auditListInput>;
export type AuditRowView = z.infer<typeof auditRowView>;
export type AuditPage = z.infer<typeof auditPage>;
export type AuditActorsView = z.infer<typeof auditActorsView>;
export type AuditFaultView = z.infer<typeof auditFaultView>;
export type AuditExportInput = z.infer<typeof auditExportInput>;
export type AuditExportPart = z.infer<typeof auditExportPart>;
export type AuditSignedExportInput = z.infer<typeof auditSignedExportInput>;
export type AuditSignedExportPart = z.infer<typeof auditSignedExportPart>;
export type AuditVerifyView = z.infer<typeof auditVerifyView>;
