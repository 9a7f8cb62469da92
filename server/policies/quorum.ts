import { APPROVALS_MAX, APPROVER_GROUPS, type ApproverGroup, type Needs } from './statuses.ts';

/** How many people of each group said yes, or could. */
export type Votes = Readonly<Record<ApproverGroup, number>>;

export function votesOf(roles: Iterable<string>): Votes {
  const votes = { finance: 0, admin: 0 };
  for (const role of roles) for (const group of APPROVER_GROUPS) if (role === group) votes[group] += 1;
  return votes;
}

/** What a quorum still lacks: so many more people whoever they are, and these groups. */
export interface Lacking {
  readonly people: number;
  /** With `any` the ones of which one would do. */
  readonly groups: readonly ApproverGroup[];
}

export function lacking({ approvals, groups }: Needs, votes: Votes): Lacking {
  const missing = groups.of.filter(({ group, atLeast }) => votes[group] < atLeast).map(({ group }) => group);
  const isMet = missing.length === 0 || (groups.join === 'any' && missing.length < groups.of.length);
  return { people: Math.max(0, approvals - votes.finance - votes.admin), groups: isMet ? [] : missing };
}

export function isMet(needs: Needs, votes: Votes): boolean {
  const { people, groups } = lacking(needs, votes);
  return people === 0 && groups.length === 0;
}

/** Whether one more vote of this group would bring it nearer. */
export function helps(needs: Needs, votes: Votes, group: string): boolean {
  const { people, groups } = lacking(needs, votes);
  return people > 0 || groups.some((missing) => missing === group);
}

/** Whether whatever meets the first also meets the second: tried with every number of people there can be. */
export function asStrictAs(first: Needs, second: Needs): boolean {
  const people = Array.from({ length: APPROVALS_MAX + 1 }, (_, count) => count);
  return people.every((finance) =>
    people.every((admin) => !isMet(first, { finance, admin }) || isMet(second, { finance, admin })),
  );
}
