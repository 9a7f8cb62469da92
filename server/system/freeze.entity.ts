import { defineEntity } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { FreezeScope } from './statuses.ts';

const schema = defineEntity({
  name: 'Freeze',
  tableName: 'freezes',
  properties: {
    id: column.id(),
    scope: column.text().$type<FreezeScope>(),
    /** Provider name, asset code or wallet id; null for `all`. */
    target: column.text().nullable(),
    reason: column.text(),
    frozenBy: column.uuid(),
    frozenAt: column.instant(),
    liftProposedBy: column.uuid().nullable(),
    liftProposedAt: column.instant().nullable(),
    liftReason: column.text().nullable(),
    liftedBy: column.uuid().nullable(),
    liftedAt: column.instant().nullable(),
  },
});

interface Lift {
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
}

/** A stop. One person sets it, two lift it; it is never changed otherwise. */
export class Freeze extends schema.class {
  /** Proposes the lift, or lifts what somebody else proposed. Errors: `freeze.already_lifted`, `second_admin_needed`. */
  lift({ by, at, reason }: Lift): 'proposed' | 'lifted' {
    if (this.liftedAt)
      throw new DomainError('freeze.already_lifted', 'this has been lifted', { detail: { id: this.id } });
    if (!this.liftProposedBy) {
      this.liftProposedBy = by;
      this.liftProposedAt = at;
      this.liftReason = reason;
      return 'proposed';
    }
    if (this.liftProposedBy === by) {
      throw new DomainError('freeze.second_admin_needed', 'you proposed this; another admin lifts it', {
        detail: { id: this.id },
      });
    }
    this.liftedBy = by;
    this.liftedAt = at;
    return 'lifted';
  }

  /** Somebody wants it frozen after all, or the proposal does not stand any more. */
  voidProposal(): void {
    this.liftProposedBy = null;
    this.liftProposedAt = null;
    this.liftReason = null;
  }
}
schema.setClass(Freeze);
