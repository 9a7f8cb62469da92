import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import { ROTATION_OVERLAP_MS } from './delivery-policy.ts';
import type { WithdrawalEventType } from './statuses.ts';

const schema = defineEntity({
  name: 'WebhookEndpoint',
  tableName: 'webhook_endpoints',
  properties: {
    id: column.id(),
    url: column.text(),
    description: column.text(),
    /** None: all of them. */
    eventTypes: p.array().columnType('text[]').$type<WithdrawalEventType[]>(),
    /** Sealed like a wallet key, with the endpoint's id as associated data. */
    sealedSecret: column.text().hidden(),
    previousSealedSecret: column.text().hidden().nullable(),
    previousUntil: column.instant().nullable(),
    createdBy: column.uuid(),
    createdAt: column.instant(),
    revokedAt: column.instant().nullable(),
    version: p.integer().version(),
  },
});

/** Where a platform wants to be told. */
export class WebhookEndpoint extends schema.class {
  wants(type: string): boolean {
    return this.eventTypes.length === 0 || this.eventTypes.some((wanted) => wanted === type);
  }

  /** The old secret signs beside the new one for a day, so that no receiver has to change in the same second. */
  rotate(sealedSecret: string, at: Date): void {
    this.previousSealedSecret = this.sealedSecret;
    this.previousUntil = new Date(at.getTime() + ROTATION_OVERLAP_MS);
    this.sealedSecret = sealedSecret;
  }

  /** The sealed secrets that sign at this instant, the current one first. */
  signingSecrets(now: Date): string[] {
    const overlaps = this.previousUntil !== null && this.previousUntil !== undefined && now < this.previousUntil;
    return [this.sealedSecret, ...(overlaps && this.previousSealedSecret ? [this.previousSealedSecret] : [])];
  }
}
schema.setClass(WebhookEndpoint);
