import { defineEntity } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import type { RotationStatus } from './statuses.ts';

const schema = defineEntity({
  name: 'KeyRotation',
  tableName: 'key_rotations',
  properties: {
    id: column.id(),
    walletId: column.uuid(),
    decisionId: column.uuid(),
    status: column.text().$type<RotationStatus>(),
    /** The new key, sealed and kept before anything else is done with the answer. */
    sealedKey: column.text().nullable().hidden(),
    error: column.text().nullable(),
    begunAt: column.instant(),
    leaseUntil: column.instant(),
    endedAt: column.instant().nullable(),
    updatedAt: column.instant(),
  },
});

/** One change of a wallet's key. The old key dies with the call; the new one is only in its answer. */
export class KeyRotation extends schema.class {
  move(status: RotationStatus, at: Date): void {
    this.status = status;
    this.updatedAt = at;
    if (status === 'rotated' || status === 'not_rotated' || status === 'lost') this.endedAt = at;
  }
}
schema.setClass(KeyRotation);
