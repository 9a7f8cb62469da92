import { APPROVALS_MAX, APPROVER_GROUPS, type ApproverGroup, type Needs } from './statuses.ts';

/** How many people of each group said yes, or could; `either` are people whose one vote may count for whichever group. */
export interface Votes extends Readonly<Record<ApproverGroup, number>> {
  readonly either: number;
}

/** Of the groups that each vote may count for: the voter's, and that of whom they stand in for. */
export function votesOf(cast: Iterable<readonly (string | null)[]>): Votes {
  const votes = { finance: 0, admin: 0, either: 0 };
  for (const groups of cast) {
    const [group, other] = APPROVER_GROUPS.filter((each) => groups.includes(each));
    if (group) votes[other ? 'either' : group] += 1;
  }
  return votes;
}

/** What a quorum still lacks: so many more people whoever they are, and these groups. */
export interface Lacking {
  readonly people: number;
  /** With `any` the ones of which one would do. */
  readonly groups: readonly ApproverGroup[];
}

export function lacking({ approvals, groups }: Needs, votes: Votes): Lacking {
  const { finance, admin, either } = votes;
  const short = groups.of.map(({ group, atLeast }) => ({ group, by: Math.max(0, atLeast - votes[group]) }));
  const isMet =
    groups.join === 'any'
      ? short.length === 0 || short.some(({ by }) => by <= either)
      : short.reduce((sum, { by }) => sum + by, 0) <= either;
  const missing = short.filter(({ by }) => by > 0).map(({ group }) => group);
  return { people: Math.max(0, approvals - finance - admin - either), groups: isMet ? [] : missing };
}

export function isMet(needs: Needs, votes: Votes): boolean {
  const { people, groups } = lacking(needs, votes);
  return people === 0 && groups.length === 0;
}

/** How many more people it takes at the least: those who are missing may be of the groups that are. */
export function fewestMore({ approvals, groups }: Needs, votes: Votes): number {
  const { finance, admin, either } = votes;
  const short = groups.of.map(({ group, atLeast }) => Math.max(0, atLeast - votes[group]));
  const ofGroups = groups.join === 'all' || short.length === 0 ? sum(short) : Math.min(...short);
  return Math.max(0, approvals - finance - admin - either, ofGroups - either);
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** The votes with one more, that may count for these groups. */
export function withVote(votes: Votes, of: readonly (string | null)[]): Votes {
  const one = votesOf([of]);
  return { finance: votes.finance + one.finance, admin: votes.admin + one.admin, either: votes.either + one.either };
}

/** Whether one more vote, for one of these groups, would bring it nearer. */
export function helps(needs: Needs, votes: Votes, of: readonly string[]): boolean {
  const { people, groups } = lacking(needs, votes);
  return people > 0 || groups.some((missing) => of.includes(missing));
}

/** Whether whatever meets the first also meets the second: tried with every number of people there can be. */
export function asStrictAs(first: Needs, second: Needs): boolean {
  const people = Array.from({ length: APPROVALS_MAX + 1 }, (_, count) => count);
  return people.every((finance) =>
    people.every((admin) => {
      const votes = { finance, admin, either: 0 };
      return !isMet(first, votes) || isMet(second, votes);
    }),
  );
}
