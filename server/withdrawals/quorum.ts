import { type PolicyBook, type Standing, votesOf } from '#server/policies/index.ts';
import { groupsOfVote, type WithdrawalApproval } from './approval.entity.ts';
import type { Quorum } from './decisions.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

/** What a withdrawal's decisions need to know of the policy it stands under. */
export class Quorums {
  readonly #policies: PolicyBook;

  constructor(deps: { policies: PolicyBook }) {
    this.#policies = deps.policies;
  }

  standing(withdrawal: Withdrawal): Promise<Standing> {
    return this.#policies.standing(withdrawal, { amount: withdrawal.money(), escalated: withdrawal.escalated });
  }

  async of(withdrawal: Withdrawal, votes: readonly WithdrawalApproval[]): Promise<Quorum & Standing> {
    const standing = await this.standing(withdrawal);
    return { ...standing, votes: votesOf(votes.map(groupsOfVote)) };
  }
}
