import { defineEntity } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import type { ProviderName } from '#server/kernel/provider-outcome.ts';
import type { IncidentKind } from './statuses.ts';

const schema = defineEntity({
  name: 'Incident',
  tableName: 'incidents',
  properties: {
    id: column.id(),
    kind: column.text().$type<IncidentKind>(),
    /** What it is about, so that the same thing is opened once: an attempt's id, `<wallet> <asset>`, a row of the pool. */
    subject: column.text(),
    provider: column.text().$type<ProviderName>().nullable(),
    asset: column.text().nullable(),
    amount: column.amount().nullable(),
    withdrawalId: column.uuid().nullable(),
    attemptId: column.uuid().nullable(),
    walletId: column.uuid().nullable(),
    /** What was seen; never holds a secret. */
    detail: column.json<Json>(),
    openedAt: column.instant(),
    closedAt: column.instant().nullable(),
    closedBy: column.text().nullable(),
    resolution: column.text().nullable(),
    note: column.text().nullable(),
  },
});

/** Something that only people decide, from the moment it was noticed until its resolution. */
export class Incident extends schema.class {}
schema.setClass(Incident);
