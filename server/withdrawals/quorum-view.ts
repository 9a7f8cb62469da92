import type { EntityManager } from '@mikro-orm/postgresql';
import { groupsOf } from '#server/delegations/index.ts';
import type { Actor } from '#server/kernel/actor.ts';
import { allVoters, couldMeet, fewestMore, lacking, type Standing, withVote } from '#server/policies/index.ts';
import type { WithdrawalView } from './contract.ts';
import { type Quorum, type Votable, whyNotApprove } from './decisions.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import { canMove } from './withdrawal-moves.ts';

/** More names than this say nothing that the number of them does not. */
const NAMES_MAX = 50;

interface Facts extends Votable {
  readonly quorum: Quorum & Standing;
}

/** What the votes still lack, and who may cast them; a hold that will be lifted is not looked at. */
export async function quorumView(
  em: EntityManager,
  withdrawal: Withdrawal,
  { facts, actor, now }: { readonly facts: Facts; readonly actor: Actor; readonly now: Date },
): Promise<WithdrawalView['quorum']> {
  if (!canMove('approve', withdrawal.status)) return null;
  const { needs, votes, tiers, cancelWindowMinutes } = facts.quorum;
  const { policyTier: no, policyVersion: version, escalated } = withdrawal;
  const { people, groups } = lacking(needs, votes);
  const mayVote = (await allVoters(em)).filter(({ id, role }) => {
    const voter = { type: 'operator', id, role, sessionId: '' } as const;
    return whyNotApprove({ ...facts, holdAt: null }, voter, now) === null;
  });
  return {
    tier: no && tiers ? { no, of: tiers, version } : null,
    escalated,
    leftAfterYours: fewestMore(
      needs,
      actor.type === 'operator' ? withVote(votes, groupsOf(actor, facts.delegations)) : votes,
    ),
    cancelWindowMinutes,
    missing: { people, groups: [...groups], join: needs.groups.join },
    mayVote: mayVote.slice(0, NAMES_MAX).map(({ id, name }) => ({ id, name })),
    isPossible: couldMeet(needs, votes, { people: mayVote, delegations: facts.delegations }),
  };
}
