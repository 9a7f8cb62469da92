import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { decides } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import { fromCursor, toCursor } from '#server/kernel/keyset.ts';
import { backtest, type Past } from './backtest.ts';
import type { PolicySimulateInput, PolicySimulateView } from './contract.ts';
import type { PolicyBook } from './policy-book.ts';
import { PRICE_GOOD_FOR_DAYS, type Prices } from './prices.ts';
import { isMet, type Votes, votesOf } from './quorum.ts';
import type { PolicyRules } from './statuses.ts';
import { tierOf, VALUE, type Worth } from './tier-choice.ts';
import { allVoters } from './voters.ts';

/** So many withdrawals are looked at in one call: a moment's work, and a step of the bar. */
export const SIMULATED_AT_ONCE = 10_000;

/** Tries a draft without changing anything. */
export class PolicySimulation {
  readonly #em: EntityManager;
  readonly #book: PolicyBook;
  readonly #prices: Prices;

  constructor(deps: { em: EntityManager; book: PolicyBook; prices: Prices }) {
    this.#em = deps.em;
    this.#book = deps.book;
    this.#prices = deps.prices;
  }

  /** Error: `input.invalid` for a cursor that is not one of its own. */
  async simulate({ rules: draft, on }: PolicySimulateInput): Promise<PolicySimulateView> {
    const { rules: now } = await this.#book.current();
    return on.kind === 'one' ? this.#one({ now, draft }, on) : this.#since({ now, draft }, on);
  }

  async #one(rules: Both, { asset, amount: text }: On<'one'>): Promise<PolicySimulateView> {
    const amount = Amount.parse(asset, text);
    const worth = await this.#prices.worth(amount);
    const people = await this.#people();
    const outcome = (of: PolicyRules) => {
      const tier = tierOf(of, { amount, worth, escalated: false });
      const { approvals, groups } = of.tiers[tier - 1] ?? { approvals: 0, groups: { join: 'all' as const, of: [] } };
      const shown = { join: groups.join, of: [...groups.of] };
      return { tier, approvals, groups: shown, isPossible: isMet({ approvals, groups }, people) };
    };
    const value = worth instanceof Amount ? worth.toString() : null;
    return { kind: 'one', value, now: outcome(rules.now), draft: outcome(rules.draft) };
  }

  async #since(rules: Both, { from, cursor }: On<'since'>): Promise<PolicySimulateView> {
    const after = fromCursor(cursor);
    const rows = await sql<Row>(this.#em, ROWS, [
      ...[PRICE_GOOD_FOR_DAYS, from],
      ...[after?.at ?? 'infinity', after?.id ?? LAST_ID, SIMULATED_AT_ONCE],
    ]);
    const last = rows.length === SIMULATED_AT_ONCE ? rows.at(-1) : undefined;
    const tally = backtest(rules, await this.#people(), rows.map(toPast));
    return {
      ...{ kind: 'since', ...tally },
      reachedAt: last?.at ?? from,
      nextCursor: last ? toCursor({ at: last.at, id: last.id }) : null,
    };
  }

  /** As a proposal counts them, so that what is possible here is not refused there. */
  async #people(): Promise<Votes> {
    return votesOf((await allVoters(this.#em)).map(({ role }) => [role]));
  }
}

interface Both {
  readonly now: PolicyRules;
  readonly draft: PolicyRules;
}

type On<Kind> = Extract<PolicySimulateInput['on'], { kind: Kind }>;

interface Row {
  readonly id: string;
  readonly memberId: string;
  readonly asset: string;
  readonly amount: string;
  readonly escalated: boolean;
  readonly at: string;
  readonly role: string | null;
  readonly waitedMs: number | null;
  readonly value: string | null;
}

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Newest first, each with what it was worth on its day. `least` passes over a null: what is not known must stay so. */
const ROWS = `
  with prices as materialized (
    select distinct on (b.asset, b.day + n) b.asset, b.day + n as day, b.price
    from mining_balances b, generate_series(0, ?::integer) n
    where b.owner_type = 'project' and b.owner_id = 'hashdam' and b.kind = 'profit' and b.price is not null
    order by b.asset, b.day + n, b.day desc)
  select w.id, w.member_id as "memberId", w.asset, trim_scale(w.amount)::text as amount, w.escalated,
    to_char(w.requested_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, o.role,
    case when w.approved_at is not null then
      least(extract(epoch from w.approved_at - w.requested_at) * 1000, 2000000000)::integer end as "waitedMs",
    case when p.price is not null then trim_scale(round(least(w.amount * p.price, 1e19), 18))::text end as value
  from withdrawals w
  left join operators o on w.requested_by_type = 'operator' and o.id = w.requested_by_id
  left join prices p on p.asset = w.asset and p.day = (w.requested_at at time zone 'UTC')::date
  where w.requested_at >= ?::timestamptz and (w.requested_at, w.id) < (?::timestamptz, ?::uuid)
  order by w.requested_at desc, w.id desc limit ?`;

const toPast = ({ id, memberId, asset, amount, escalated, role, waitedMs, value }: Row): Past => ({
  ...{ id, memberId, amount: Amount.fromDecimal(asset, amount), escalated, waitedMs },
  worth: worthOf(asset, value),
  askedBy: decides(role) ? role : null,
});

function worthOf(asset: string, value: string | null): Worth {
  if (value !== null) return Amount.fromDecimal(VALUE, value);
  return asset.startsWith('BSC:') ? 'unpriced' : 'unknown';
}
