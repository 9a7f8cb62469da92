import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { groupsOf, type OpenDelegation } from '#server/delegations/index.ts';
import type { OperatorRole } from '#server/kernel/actor.ts';
import { isMet, type Votes, votesOf } from './quorum.ts';
import type { Needs } from './statuses.ts';

export interface Voter {
  readonly id: string;
  readonly name: string;
  readonly role: OperatorRole;
}

/** Beyond every quorum there can be; more people than this change nothing. */
const VOTERS_MAX = 500;

/** Whoever may approve at all: of a group that decides, active, no newcomer, and with a second factor to say it with. */
export function allVoters(em: EntityManager): Promise<Voter[]> {
  return sql<Voter>(em, `${VOTERS} order by o.name, o.id limit ${VOTERS_MAX}`);
}

/** The same without those who asked, or could have: with the key that asked, whoever was shown it. */
export function votersBeside(
  em: EntityManager,
  { requestedById, requestedAt }: { readonly requestedById: string; readonly requestedAt: Date },
): Promise<Voter[]> {
  return sql<Voter>(
    em,
    `${VOTERS} and o.id <> ? and not exists (
       select 1 from api_key_secrets s where s.api_key_id = ? and s.shown_to = o.id
         and s.created_at <= ? and (s.expires_at is null or s.expires_at > ?))
     limit ${VOTERS_MAX}`,
    [requestedById, requestedById, requestedAt, requestedAt],
  );
}

/** Whether these people, each with one vote and a pair with one between them, could still bring what is needed. */
export function couldMeet(needs: Needs, given: Votes, { people, delegations }: Electorate): boolean {
  const ids = new Set(people.map(({ id }) => id));
  const delegators = delegations.filter(({ delegateId }) => ids.has(delegateId)).map(({ delegatorId }) => delegatorId);
  const counted = people.filter(({ id }) => !delegators.includes(id));
  const more = votesOf(counted.map((voter) => groupsOf(voter, delegations)));
  return isMet(needs, {
    finance: given.finance + more.finance,
    admin: given.admin + more.admin,
    either: given.either + more.either,
  });
}

export interface Electorate {
  readonly people: readonly Voter[];
  readonly delegations: readonly OpenDelegation[];
}

const VOTERS = `select o.id, o.name, o.role from operators o where may_approve(o.id)`;
