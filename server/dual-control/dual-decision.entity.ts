import { defineEntity } from '@mikro-orm/core';
import type { AuditSubject } from '#server/audit/index.ts';
import { column } from '#server/database/columns.ts';
import type { Json } from '#server/kernel/canonical-json.ts';

const schema = defineEntity({
  name: 'DualDecision',
  tableName: 'dual_decisions',
  properties: {
    id: column.id(),
    action: column.text(),
    subjectType: column.text().$type<AuditSubject>(),
    subjectId: column.text(),
    /** What both people agree on, and nothing else: notes differ from one to the other. */
    body: column.json<Json>(),
    bodyHash: column.text(),
    note: column.text(),
    proposedBy: column.uuid(),
    proposedAt: column.instant(),
    expiresAt: column.instant(),
    ending: column.text().$type<'confirmed' | 'withdrawn' | 'expired'>().nullable(),
    /** The second person, or whoever took it back; nobody when it expired. */
    endedBy: column.uuid().nullable(),
    endedAt: column.instant().nullable(),
    endNote: column.text().nullable(),
  },
});

/** One proposal of something that takes two people. The table refuses that both are the same. */
export class DualDecision extends schema.class {}
schema.setClass(DualDecision);
