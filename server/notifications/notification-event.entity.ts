import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import type { EventType, NotificationSubject, Severity } from './statuses.ts';

const schema = defineEntity({
  name: 'NotificationEvent',
  tableName: 'notification_events',
  properties: {
    id: column.id(),
    /** The order of commits that had to wait for each other, such as the moves of one withdrawal. By the database. */
    seq: p.bigint('string').unique().defaultRaw(`nextval('notification_events_seq'::regclass)`),
    at: column.instant(),
    type: column.text().$type<EventType>(),
    severity: column.text().$type<Severity>(),
    /** Whether the alert webhook and e-mail tell it. */
    forPeople: p.boolean(),
    subjectType: column.text().$type<NotificationSubject>(),
    subjectId: column.text(),
    withdrawalId: column.uuid().nullable(),
    memberId: column.text().nullable(),
    asset: column.text().nullable(),
    amount: column.amount().nullable(),
    /** Of how much `amount` is missing, where an alarm of the books says so. */
    claimed: column.amount().nullable(),
    target: column.text().nullable(),
    requestedAt: column.instant().nullable(),
    /** Attempts to pay so far. By the database, which counts them as the row is written. */
    attempts: p.integer().default(0),
    fromStatus: column.text().nullable(),
    toStatus: column.text().nullable(),
    reason: column.text().nullable(),
    fannedOutAt: column.instant().nullable(),
  },
});

/** One thing that happened, to be told: at least once, to everybody it concerns. */
export class NotificationEvent extends schema.class {}
schema.setClass(NotificationEvent);
