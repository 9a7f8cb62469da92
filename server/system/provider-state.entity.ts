import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import type { ProviderName } from '#server/kernel/provider-outcome.ts';

const schema = defineEntity({
  name: 'ProviderState',
  tableName: 'provider_states',
  properties: {
    provider: p.text().$type<ProviderName>().primary(),
    pausedAt: column.instant().nullable(),
    pauseReason: column.text().nullable(),
    lastReadAt: column.instant().nullable(),
    /** When a worker last asked whether it answers, whatever came of it. */
    askedAt: column.instant().nullable(),
    lastFailedAt: column.instant().nullable(),
    lastFailure: column.text().nullable(),
    clockOffsetMs: p.integer().nullable(),
  },
});

/** Whether anything may be sent to a provider. */
export class ProviderState extends schema.class {}
schema.setClass(ProviderState);
