import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';

/** In force at this moment, by the database's clock, between two people who may both approve. */
export interface OpenDelegation {
  readonly delegatorId: string;
  readonly delegatorRole: string;
  readonly delegateId: string;
}

/** Nobody is in two of them at a time. */
export function openDelegations(em: EntityManager): Promise<OpenDelegation[]> {
  return sql<OpenDelegation>(
    em,
    `select delegator_id as "delegatorId", delegator_role as "delegatorRole", delegate_id as "delegateId"
     from open_delegations()`,
  );
}

/** Of one person: whom they stand in for, and who stands in for them. */
export interface StandIn {
  readonly standsFor: { readonly id: string; readonly role: string } | null;
  readonly stoodInBy: string | null;
}

export function standInOf(delegations: readonly OpenDelegation[], id: string): StandIn {
  const given = delegations.find(({ delegateId }) => delegateId === id);
  return {
    standsFor: given ? { id: given.delegatorId, role: given.delegatorRole } : null,
    stoodInBy: delegations.find(({ delegatorId }) => delegatorId === id)?.delegateId ?? null,
  };
}

/** Their own, and that of whom they stand in for: one vote may count for either. */
export function groupsOf(
  voter: { readonly id: string; readonly role: string },
  delegations: readonly OpenDelegation[],
) {
  const { standsFor } = standInOf(delegations, voter.id);
  return standsFor ? [voter.role, standsFor.role] : [voter.role];
}
