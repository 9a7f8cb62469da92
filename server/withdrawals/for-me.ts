import type { EntityManager } from '@mikro-orm/postgresql';
import { openDelegations, standInOf } from '#server/delegations/index.ts';
import { type Actor, decides } from '#server/kernel/actor.ts';
import { AUTHORS_WAIT_MS } from '#server/policies/index.ts';
import { ASKED_WITH } from './asked-with.ts';

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
const NOT_BARRED = `not exists (${RULES} where p.no::text = w.policy_version and p.loosens
  and p.effective_from > now() - make_interval(secs => ${AUTHORS_WAIT_MS / 1000}) and ?::uuid[] && array[p.proposed_by, p.confirmed_by])`;

/** A condition on `withdrawals w`, and what goes in for its question marks. */
export interface Condition {
  readonly text: string;
  readonly parameters: readonly unknown[];
}

/** Which requests this operator could approve now, by the database's clock: those that one more vote of theirs brings nearer. */
export async function forMe(em: EntityManager, actor: Actor): Promise<Condition> {
  if (actor.type !== 'operator' || !decides(actor.role) || actor.countsFrom) return NOTHING;
  const { standsFor, stoodInBy } = standInOf(await openDelegations(em), actor.id);
  const groups = [actor.role, ...(standsFor ? [standsFor.role] : [])];
  // Somebody who stands in for a colleague votes on nothing that the colleague could not, and not beside them.
  const barred = standsFor ? [actor.id, standsFor.id] : [actor.id];
  const counted = stoodInBy ? [...barred, stoodInBy] : barred;
  return {
    text: `w.status in ('pending', 'approved_pending') and w.hold_at is null and w.expires_at > now()
      and not (w.requested_by_type = 'operator' and w.requested_by_id = any(?::uuid[]))
      and (w.edited_by is null or w.edited_by <> all(?::uuid[]))
      and not exists (select 1 from api_key_secrets s where s.shown_to = any(?::uuid[]) and ${ASKED_WITH})
      and not exists (select 1 from withdrawal_approvals v where v.withdrawal_id = w.id and v.revision = w.revision
        and (v.operator_id = any(?::uuid[]) or v.behalf_of = any(?::uuid[])))
      and ${WANTED} and ${NOT_BARRED}`,
    parameters: [barred, barred, barred, counted, barred, groups, barred],
  };
}

const NOTHING: Condition = { text: 'false', parameters: [] };
