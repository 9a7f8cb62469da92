import type { EntityManager } from '@mikro-orm/postgresql';
import { openDelegations } from '#server/delegations/index.ts';
import type { Announcer } from '#server/notifications/index.ts';
import { couldMeet, type Requirement, votersBeside, votesOf } from '#server/policies/index.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

const NONE_YET = votesOf([]);

/** Says in the commit of a request that the people there are cannot approve it: better now than when it has expired. */
export class VoterShortages {
  readonly #em: EntityManager;
  readonly #notifications: Announcer;

  constructor(deps: { em: EntityManager; notifications: Announcer }) {
    this.#em = deps.em;
    this.#notifications = deps.notifications;
  }

  async tell(withdrawal: Withdrawal, { needs, authors }: Requirement): Promise<void> {
    const voters = await votersBeside(this.#em, withdrawal);
    const may = new Set(voters.map(({ id }) => id).filter((id) => !authors.includes(id)));
    const delegations = await openDelegations(this.#em);
    // Nobody stands in for somebody who may not approve it themselves.
    const idle = delegations.filter(({ delegatorId }) => !may.has(delegatorId)).map(({ delegateId }) => delegateId);
    const people = voters.filter(({ id }) => may.has(id) && !idle.includes(id));
    if (couldMeet(needs, NONE_YET, { people, delegations })) return;
    const { id, asset } = withdrawal;
    this.#notifications.announce({
      type: 'withdrawal.too_few_approvers',
      subject: { type: 'withdrawal', id },
      about: { withdrawalId: id, asset, amount: withdrawal.money().toString() },
    });
  }
}
