import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';

const schema = defineEntity({
  name: 'WithdrawalApproval',
  tableName: 'withdrawal_approvals',
  properties: {
    id: column.id(),
    withdrawalId: column.uuid(),
    /** A vote counts for the revision it was cast on; a new revision voids it. */
    revision: p.integer(),
    operatorId: column.uuid(),
    /** The group it counts for: what the operator was when they voted. The database fills in and checks it. */
    operatorRole: column.text(),
    /** Whom they stood in for, and the other group it may count for instead. The database fills these in, too. */
    behalfOf: column.uuid().nullable(),
    behalfRole: column.text().nullable(),
    /** What the operator was shown, see `digest.ts`. */
    digest: column.text(),
    note: column.text().nullable(),
    at: column.instant(),
  },
});

export class WithdrawalApproval extends schema.class {}
schema.setClass(WithdrawalApproval);

/** One of these it counts for. */
export const groupsOfVote = (vote: Pick<WithdrawalApproval, 'operatorRole' | 'behalfRole'>): (string | null)[] => [
  vote.operatorRole,
  vote.behalfRole ?? null,
];

/** Whom these voters stood in for. */
export const representedBy = (votes: readonly WithdrawalApproval[]): string[] =>
  votes.flatMap(({ behalfOf }) => behalfOf ?? []);
