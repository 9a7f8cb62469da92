import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import type { AuditOutcome } from './statuses.ts';

const schema = defineEntity({
  name: 'AuditEvent',
  tableName: 'audit_events',
  properties: {
    id: column.id(),
    at: column.instant(),
    actorType: column.text(),
    actorId: column.text(),
    sessionId: column.text().nullable(),
    requestId: column.text().nullable(),
    ip: column.text().nullable(),
    action: column.text(),
    outcome: column.text().$type<AuditOutcome>().default('done'),
    subjectType: column.text(),
    subjectId: column.text(),
    reason: column.text().nullable(),
    before: column.json<Json>().nullable(),
    after: column.json<Json>().nullable(),
    /** Shows that we wrote it: see `RowMac`. Rows from before have none. */
    mac: column.text().nullable(),
    xact: p.text().columnType('xid8').defaultRaw('pg_current_xact_id()').hidden(),
  },
});

/** One line of the record of who did what; the table refuses updates and deletes. */
export class AuditEvent extends schema.class {}
schema.setClass(AuditEvent);
