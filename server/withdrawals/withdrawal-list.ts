import type { EntityManager } from '@mikro-orm/postgresql';
import { instantText } from '#server/database/instant-text.ts';
import { cursorInstant, pageOf } from '#server/database/keyset-sql.ts';
import { sql } from '#server/database/sql.ts';
import type { Actor } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import { cappedTotal, fromCursor, type Keyset, TOTAL_MAX } from '#server/kernel/keyset.ts';
import type { WithdrawalFilter, WithdrawalListInput, WithdrawalPage, WithdrawalRow } from './contract.ts';
import { type Condition, forMe } from './for-me.ts';
import type { DestinationType, WaitReason, WithdrawalKind, WithdrawalStatus } from './statuses.ts';

const SORT_COLUMN = { requestedAt: 'requested_at', updatedAt: 'updated_at' } as const;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The list as one SQL statement: rows by keyset, never by offset, and a total that stops counting at a cap. Several
 * statuses are read as one ordered walk of the index each, then merged, so that a rare one costs no more than a common one.
 */
export async function listWithdrawals(
  em: EntityManager,
  input: WithdrawalListInput,
  actor: Actor,
): Promise<WithdrawalPage> {
  const { text, parameters } = withdrawalListSql(input, input.filter.forMe && (await forMe(em, actor)));
  const raw = await sql<RawRow>(em, text, parameters);
  const [first] = raw;
  const total = cappedTotal(first?.total ?? 0);
  const rows = raw.filter((row) => row.id !== null);
  return { ...pageOf(rows, input.limit, toRow), total };
}

/** Exported for the benchmark, which runs the same statement without the product around it. */
export function withdrawalListSql(
  asked: WithdrawalListInput,
  mine?: Condition,
): { text: string; parameters: unknown[] } {
  const input = { ...asked, filter: onceEach(asked.filter) };
  const column = SORT_COLUMN[input.sort.by];
  const dir = input.sort.dir;
  const from = fromCursor(input.cursor);
  const filter = mine ? and(where(input.filter), mine) : where(input.filter);
  const keyset = keysetWhere(column, dir, from);
  const page = inOrder(input, and(filter, keyset), column);
  const counted = counting(input, filter, column);
  return {
    text: `
      with page as materialized (${page.text}), total as (select count(*)::int as total from (${counted.text}) capped)
      select total.total, w.id, w.kind, w.member_id, w.wallet_id, w.asset, w.amount, w.destination_address,
        w.destination_type, w.status, w.wait_reason, w.hold_at is not null as on_hold, w.approvals_required, w.reference, w.requested_by_type,
        w.requested_by_id, coalesce(o.name, k.name) as requested_by_name, w.requested_at, w.updated_at, w.expires_at,
        ${cursorInstant(`w.${column}`)} as cursor_at, given.votes
      from total left join page w on true
        left join operators o on w.requested_by_type = 'operator' and o.id = w.requested_by_id
        left join api_keys k on w.requested_by_type = 'api_key' and k.id = w.requested_by_id
        left join lateral (
          select json_agg(json_build_object('operatorId', v.operator_id, 'name', p.name, 'at', v.at, 'note', v.note,
            'onBehalfOf', case when b.id is not null then json_build_object('id', b.id, 'name', b.name) end)
            order by v.id) as votes
          from withdrawal_approvals v join operators p on p.id = v.operator_id
            left join operators b on b.id = v.behalf_of
          where v.withdrawal_id = w.id and v.revision = w.revision
        ) given on true
      order by w.${column} ${dir}, w.id ${dir}`,
    parameters: [...page.parameters, ...counted.parameters],
  };
}

/** One walk for each status: one that is named twice must not list its rows twice. */
const onceEach = (filter: WithdrawalFilter): WithdrawalFilter =>
  filter.status ? { ...filter, status: [...new Set(filter.status)] } : filter;

const and = (...parts: Condition[]): Condition => ({
  text: parts.map(({ text }) => text).join(' and '),
  parameters: parts.flatMap(({ parameters }) => parameters),
});

/** One row more than the page holds: it says that there is a next page. */
function inOrder({ filter, sort, limit }: WithdrawalListInput, condition: Condition, column: string): Condition {
  const order = `order by ${column} ${sort.dir}, id ${sort.dir} limit ?`;
  const parameters = [...condition.parameters, limit + 1];
  if (!filter.status) return { text: `select w.* from withdrawals w where ${condition.text} ${order}`, parameters };
  const walk = `(select w.* from withdrawals w where w.status = ? and ${condition.text} ${order})`;
  const walks = {
    text: filter.status.map(() => walk).join(' union all '),
    parameters: filter.status.flatMap((status) => [status, ...parameters]),
  };
  if (filter.status.length === 1) return walks;
  return { text: `select w.* from (${walks.text}) w ${order}`, parameters: [...walks.parameters, limit + 1] };
}

/** Counted along the same walks: without an order the planner may read the table itself, row by row, to find a thousand. */
function counting({ filter: { status }, sort }: WithdrawalListInput, condition: Condition, column: string): Condition {
  const order = `order by ${column} ${sort.dir}, id ${sort.dir} limit ${TOTAL_MAX + 1}`;
  const walk = (of: string) => `(select 1 from withdrawals w where ${of}${condition.text} ${order})`;
  if (!status) return { text: walk(''), parameters: condition.parameters };
  return {
    text: `select 1 from (${status.map(() => walk('w.status = ? and ')).join(' union all ')}) w limit ${TOTAL_MAX + 1}`,
    parameters: status.flatMap((one) => [one, ...condition.parameters]),
  };
}

function keysetWhere(column: string, dir: 'asc' | 'desc', from: Keyset | null): Condition {
  if (!from) return { text: 'true', parameters: [] };
  const beyond = dir === 'asc' ? '>' : '<';
  return { text: `(w.${column}, w.id) ${beyond} (?::timestamptz, ?::uuid)`, parameters: [from.at, from.id] };
}

/** Every name is ours; what the caller sent goes in as a parameter. */
function where(filter: WithdrawalFilter): Condition {
  const conditions = ['true'];
  const parameters: unknown[] = [];
  const add = (condition: string, ...values: unknown[]) => {
    conditions.push(condition);
    parameters.push(...values);
  };
  if (filter.kind) add('w.kind = ?', filter.kind);
  if (filter.memberId) add('w.member_id = ?', filter.memberId);
  if (filter.asset) add('w.asset = ?', filter.asset);
  if (filter.from) add('w.requested_at >= ?::timestamptz', filter.from);
  if (filter.to) add('w.requested_at < ?::timestamptz', filter.to);
  if (filter.q) {
    add(
      `w.id in (select id from withdrawals where member_id = ? union select id from withdrawals where reference = ?
        union select withdrawal_id from payout_attempts where reference = ? ${UUID.test(filter.q) ? 'union select ?::uuid' : ''})`,
      ...[filter.q, filter.q, filter.q, ...(UUID.test(filter.q) ? [filter.q] : [])],
    );
  }
  return { text: conditions.join(' and '), parameters };
}

function toRow(row: RawRow): WithdrawalRow {
  return {
    id: row.id,
    kind: row.kind,
    memberId: row.member_id,
    walletId: row.wallet_id,
    asset: row.asset,
    amount: Amount.fromDecimal(row.asset, row.amount).toString(),
    destination: { address: row.destination_address, type: row.destination_type },
    status: row.status,
    waitReason: row.wait_reason,
    onHold: row.on_hold,
    approvals: {
      required: row.approvals_required,
      given: (row.votes ?? []).map((vote) => ({ ...vote, at: instantText(vote.at) })),
    },
    reference: row.reference,
    requestedBy: { type: row.requested_by_type, id: row.requested_by_id, name: row.requested_by_name ?? '' },
    requestedAt: instantText(row.requested_at),
    updatedAt: instantText(row.updated_at),
    expiresAt: instantText(row.expires_at),
  };
}

interface RawRow {
  readonly total: number;
  readonly id: string;
  readonly cursor_at: string;
  readonly kind: WithdrawalKind;
  readonly member_id: string;
  readonly wallet_id: string | null;
  readonly asset: string;
  readonly amount: string;
  readonly destination_address: string;
  readonly destination_type: DestinationType;
  readonly status: WithdrawalStatus;
  readonly wait_reason: WaitReason | null;
  readonly on_hold: boolean;
  readonly approvals_required: number;
  readonly reference: string | null;
  readonly requested_by_type: 'operator' | 'api_key';
  readonly requested_by_id: string;
  readonly requested_by_name: string | null;
  readonly requested_at: string | Date;
  readonly updated_at: string | Date;
  readonly expires_at: string | Date;
  readonly votes: WithdrawalRow['approvals']['given'] | null;
}
