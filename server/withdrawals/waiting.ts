import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { openDelegations, standInOf } from '#server/delegations/index.ts';
import type { Actor } from '#server/kernel/actor.ts';
import { cappedTotal, TOTAL_MAX } from '#server/kernel/keyset.ts';
import { AUTHORS_WAIT_MS } from '#server/policies/index.ts';
import { ASKED_WITH } from './asked-with.ts';
import type { WaitingView } from './contract.ts';
import type { WithdrawalStatus } from './statuses.ts';

const WAITING = [
  'pending',
  'approved_pending',
  'approved',
  'retrying',
  'submitted',
  'manual-review',
  'failed',
] as const;

const GIVEN = 'select count(*) from withdrawal_approvals v where v.withdrawal_id = w.id and v.revision = w.revision';
const RULES = 'select 1 from policy_versions p';

/**
 * One more vote for one of these groups brings it nearer: people are missing, or such a group of them is; see `helps`.
 * Votes that could count for either group count for whichever lacks them, and so for none here: it still waits.
 */
const WANTED = `((${GIVEN}) < w.approvals_required or exists (
  ${RULES}, jsonb_array_elements(p.rules->'tiers'->(w.policy_tier - 1)->'groups'->'of') g
  where p.no::text = w.policy_version and g->>'group' = any(?::text[])
    and (${GIVEN} and v.operator_role = g->>'group' and coalesce(v.behalf_role, v.operator_role) = v.operator_role)
      < (g->>'atLeast')::integer))`;

/** Did not loosen the rule it stands under a moment ago. */
const NOT_BARRED = `not exists (${RULES} where p.no::text = w.policy_version and p.loosens and p.effective_from > ?
  and ?::uuid[] && array[p.proposed_by, p.confirmed_by])`;

/** Each status is counted by its index and only up to a cap, so that a long queue costs no more than a short one. */
export async function countWaiting(em: EntityManager, actor: Actor, now: Date): Promise<WaitingView> {
  const rows = await sql<{ status: WithdrawalStatus; count: number }>(
    em,
    `select s.status, (select count(*)::int from (select 1 from withdrawals w where w.status = s.status limit ?) capped) as count
     from unnest(?::text[]) s (status)`,
    [TOTAL_MAX + 1, [...WAITING]],
  );
  const { standsFor, stoodInBy } = standInOf(await openDelegations(em), actor.id);
  const groups = [...(actor.type === 'operator' ? [actor.role] : []), ...(standsFor ? [standsFor.role] : [])];
  // Somebody who stands in for a colleague votes on nothing that the colleague could not, and not beside them.
  const barred = standsFor ? [actor.id, standsFor.id] : [actor.id];
  const counted = stoodInBy ? [...barred, stoodInBy] : barred;
  const authorsSince = new Date(now.getTime() - AUTHORS_WAIT_MS);
  const [mine] = await sql<{ count: number }>(
    em,
    `select count(*)::int as count from (
       select 1 from withdrawals w
       where w.status in ('pending', 'approved_pending') and w.hold_at is null and w.expires_at > ?
         and not (w.requested_by_type = 'operator' and w.requested_by_id = any(?::uuid[]))
         and (w.edited_by is null or w.edited_by <> all(?::uuid[]))
         and not exists (select 1 from api_key_secrets s where s.shown_to = any(?::uuid[]) and ${ASKED_WITH})
         and not exists (select 1 from withdrawal_approvals v where v.withdrawal_id = w.id and v.revision = w.revision
           and (v.operator_id = any(?::uuid[]) or v.behalf_of = any(?::uuid[])))
         and ${WANTED} and ${NOT_BARRED}
       limit ?) capped`,
    [now, barred, barred, barred, counted, barred, groups, authorsSince, barred, TOTAL_MAX + 1],
  );
  const decides = actor.type === 'operator' && (actor.role === 'finance' || actor.role === 'admin');
  return {
    forMe: cappedTotal(decides ? (mine?.count ?? 0) : 0),
    byStatus: rows.map(({ status, count }) => ({ status, ...cappedTotal(count) })),
  };
}
