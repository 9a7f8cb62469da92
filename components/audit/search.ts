import type { Zone } from '#components/preferences/preferences.ts';
import { startOfDay } from '#components/ui/time-text.ts';
import { loaderOf, oneOf, text, texts, type ValuesOf } from '#components/url/params.ts';
import type { AuditFilter, AuditListInput } from '#server/audit/contract.ts';
import { ACTION_CODE, ACTIONS_MAX, AUDIT_OUTCOMES, AUDIT_SUBJECTS } from '#server/audit/statuses.ts';

export const LIST_ROWS = 50;

export const auditSearch = {
  who: text,
  subject: oneOf(AUDIT_SUBJECTS),
  /** Several words of the record, where people have one name for them. */
  action: texts,
  outcome: oneOf(AUDIT_OUTCOMES),
  /** Days, both included. */
  from: text,
  to: text,
  q: text,
  /** The cursors walked through so far: the last is this page's. */
  after: texts,
};
export type AuditSearch = ValuesOf<typeof auditSearch>;

export const loadAuditSearch = loaderOf(auditSearch);

const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const dayOf = (written: string | null): string | null => (written && DAY.test(written) ? written : null);

/** What cannot be meant is left out: an address may be typed by hand. */
export function filterOf({ who, subject, action, outcome, from, to, q }: AuditSearch, zone: Zone): AuditFilter {
  const [first, last] = [dayOf(from), dayOf(to)];
  const actions = action.filter((code) => ACTION_CODE.test(code)).slice(0, ACTIONS_MAX);
  const asked = q?.trim().slice(0, 64);
  return {
    ...(who && { actorId: who.slice(0, 64) }),
    ...(subject && { subjectType: subject }),
    ...(actions.length > 0 && { action: actions }),
    ...(outcome && { outcome: [outcome] }),
    ...(first && { from: startOfDay(first, zone) }),
    ...(last && { to: startOfDay(last, zone, 1) }),
    ...(asked && { q: asked }),
  };
}

export const listInput = (search: AuditSearch, zone: Zone): AuditListInput => ({
  filter: filterOf(search, zone),
  cursor: search.after.at(-1) ?? null,
  limit: LIST_ROWS,
});
