import type { Actor } from '#server/kernel/actor.ts';
import type { AuditFilter } from './contract.ts';
import { AUDIT_SUBJECTS } from './statuses.ts';

/** A condition on `audit_events e`, and what is bound in it. */
export interface Condition {
  readonly text: string;
  readonly bound: readonly unknown[];
}

const SEES_ALL: readonly string[] = ['auditor', 'admin'];

/** What is left of a filter for this reader: auditors and administrators see everything, others what they did themselves. */
export function visibleTo(reader: Actor, filter: AuditFilter): AuditFilter {
  const seesAll = reader.type === 'operator' && SEES_ALL.includes(reader.role);
  return seesAll ? filter : { ...filter, actorId: reader.id };
}

/** Only what was asked for stands in the text, so that each filter is found by its own index. */
export function conditionOf({ actorId, subjectType, action, outcome, from, to, q }: AuditFilter): Condition {
  const parts: [string, unknown[]][] = [['true', []]];
  if (actorId !== undefined) parts.push(['e.actor_id = ?', [actorId]]);
  if (subjectType !== undefined) parts.push(['e.subject_type = ?', [subjectType]]);
  if (action !== undefined) parts.push(['e.action = any(?::text[])', [action]]);
  if (outcome !== undefined) parts.push([OUTCOME, [outcome]]);
  if (outcome !== undefined && !outcome.includes('done')) parts.push(["e.outcome <> 'done'", []]);
  if (from !== undefined) parts.push(['e.at >= ?::timestamptz', [from]]);
  if (to !== undefined) parts.push(['e.at < ?::timestamptz', [to]]);
  if (q !== undefined) parts.push([`e.id in (${ABOUT})`, [AUDIT_SUBJECTS, q, q]]);
  return { text: parts.map(([text]) => text).join(' and '), bound: parts.flatMap(([, bound]) => bound) };
}

const OUTCOME = 'e.outcome = any(?::text[])';

/** Done to it, or refused about it, each by an index of its own. */
const ABOUT = `
  select id from audit_events where subject_type = any(?::text[]) and subject_id = ?
  union select id from audit_events where outcome <> 'done' and after ->> 'about' = ?`;
