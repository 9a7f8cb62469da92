import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import type { Severity } from './statuses.ts';

const schema = defineEntity({
  name: 'Notification',
  tableName: 'notifications',
  properties: {
    /** Its event's. */
    id: column.id(),
    at: column.instant(),
    severity: column.text().$type<Severity>(),
    /** When it is told once more, if nobody has acknowledged it by then; null where it can wait. */
    escalateAt: column.instant().nullable(),
    acknowledgedAt: column.instant().nullable(),
    /** Null while nobody has, and when what it tells of ended by itself. */
    acknowledgedBy: column.uuid().nullable(),
    assignedAt: column.instant().nullable(),
    assignedTo: column.uuid().nullable(),
    escalatedAt: column.instant().nullable(),
    /** Null when nobody but time did it. */
    escalatedBy: column.uuid().nullable(),
    version: p.integer().version(),
  },
});

/** An event that needs people, and what they have made of it so far. */
export class Notification extends schema.class {
  acknowledge(operatorId: string, at: Date): void {
    this.acknowledgedAt = at;
    this.acknowledgedBy = operatorId;
  }

  assign(operatorId: string | null, at: Date): void {
    this.assignedTo = operatorId;
    this.assignedAt = operatorId ? at : null;
  }

  escalate(operatorId: string | null, at: Date): void {
    this.escalatedAt = at;
    this.escalatedBy = operatorId;
  }
}
schema.setClass(Notification);
