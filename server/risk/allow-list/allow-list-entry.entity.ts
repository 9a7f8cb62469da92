import { defineEntity } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';

const schema = defineEntity({
  name: 'AllowListEntry',
  tableName: 'allow_list_entries',
  properties: {
    id: column.id(),
    asset: column.text(),
    /** As the chain spells it, checksum included. */
    address: column.text(),
    label: column.text(),
    proposedBy: column.uuid(),
    confirmedBy: column.uuid(),
    addedAt: column.instant(),
    /** Until then it is on the list and nothing is paid to it. */
    activeFrom: column.instant(),
    removedBy: column.uuid().nullable(),
    removedAt: column.instant().nullable(),
    removalReason: column.text().nullable(),
  },
});

/** One asset to one address. The same address of another asset is another entry: it may be another chain's. */
export class AllowListEntry extends schema.class {
  remove(by: string, reason: string, at: Date): void {
    this.removedBy = by;
    this.removedAt = at;
    this.removalReason = reason;
  }
}
schema.setClass(AllowListEntry);
