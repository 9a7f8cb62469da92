import { defineEntity } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import type { Json } from '#server/kernel/canonical-json.ts';

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
    subjectType: column.text(),
    subjectId: column.text(),
    reason: column.text().nullable(),
    before: column.json<Json>().nullable(),
    after: column.json<Json>().nullable(),
  },
});

/** One line of the record of who did what; the table refuses updates and deletes. */
export class AuditEvent extends schema.class {}
schema.setClass(AuditEvent);
