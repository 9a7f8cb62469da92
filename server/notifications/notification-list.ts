import type { EntityManager } from '@mikro-orm/postgresql';
import { instantText } from '#server/database/instant-text.ts';
import { cursorInstant, pageOf } from '#server/database/keyset-sql.ts';
import { sql } from '#server/database/sql.ts';
import { Amount } from '#server/kernel/amount.ts';
import { cappedTotal, fromCursor, TOTAL_MAX } from '#server/kernel/keyset.ts';
import type { NotificationListInput, NotificationPage, NotificationView, UnreadView } from './contract.ts';
import type { EventType, NotificationListView, NotificationSubject, Severity } from './statuses.ts';

const OPEN = 'n.acknowledged_at is null';
const VIEWS: Readonly<Record<NotificationListView, string>> = {
  open: `${OPEN} and ?::uuid is not null`,
  mine: `${OPEN} and n.assigned_to = ?::uuid`,
  all: '?::uuid is not null',
};

const COLUMNS = `n.id, n.at, n.severity, e.type, e.subject_type, e.subject_id, e.withdrawal_id, w.status, w.kind, e.member_id,
  e.asset, e.amount, trim_scale(e.claimed)::text as claimed, trim_scale(e.claimed - e.amount)::text as there, e.target, e.requested_at, e.attempts, e.reason,
  n.acknowledged_at, n.acknowledged_by, a.name as acknowledged_name, n.assigned_at, n.assigned_to,
  s.name as assigned_name, n.escalated_at, n.escalated_by, x.name as escalated_name, sent.counts,
  ${cursorInstant('n.at')} as cursor_at`;
const JOINS = `join notification_events e on e.id = n.id
  left join withdrawals w on w.id = e.withdrawal_id
  left join operators a on a.id = n.acknowledged_by
  left join operators s on s.id = n.assigned_to
  left join operators x on x.id = n.escalated_by
  left join lateral (select json_build_object(
      'delivered', count(*) filter (where d.status = 'delivered'),
      'pending', count(*) filter (where d.status = 'pending'),
      'givenUp', count(*) filter (where d.status = 'given_up')) as counts
    from notification_deliveries d where d.event_id = n.id) sent on true`;

/** Newest first, by keyset. `operatorId` is whose `mine` are. */
export async function listNotifications(
  em: EntityManager,
  { filter, cursor, limit }: NotificationListInput,
  operatorId: string,
): Promise<NotificationPage> {
  const from = fromCursor(cursor);
  const severities = filter.severity ?? null;
  const fits = `${VIEWS[filter.view]} and (?::text[] is null or n.severity = any(?::text[]))`;
  const fit = [operatorId, severities, severities];
  const beyond = from ? '(n.at, n.id) < (?::timestamptz, ?::uuid)' : 'true';
  const raw = await sql<RawRow>(
    em,
    `with page as materialized (
       select n.* from notifications n where ${fits} and ${beyond} order by n.at desc, n.id desc limit ?
     )
     select ${COLUMNS} from page n ${JOINS} order by n.at desc, n.id desc`,
    [...fit, ...(from ? [from.at, from.id] : []), limit + 1],
  );
  const [counted] = await sql<{ total: number }>(
    em,
    `select count(*)::int as total from (select 1 from notifications n where ${fits} limit ${TOTAL_MAX + 1}) capped`,
    fit,
  );
  return { ...pageOf(raw, limit, toView), total: cappedTotal(counted?.total ?? 0) };
}

export async function countUnread(em: EntityManager, operatorId: string): Promise<UnreadView> {
  const [row] = await sql<{ open: number; mine: number }>(
    em,
    `select (select count(*)::int from (select 1 from notifications n where ${OPEN} limit ?) capped) as open,
       (select count(*)::int from (select 1 from notifications n where ${VIEWS.mine} limit ?) capped) as mine`,
    [TOTAL_MAX + 1, operatorId, TOTAL_MAX + 1],
  );
  return { open: cappedTotal(row?.open ?? 0), mine: cappedTotal(row?.mine ?? 0) };
}

type WithdrawalNow = NonNullable<NotificationView['withdrawal']>;

interface RawRow {
  id: string;
  at: Date | string;
  severity: Severity;
  type: EventType;
  subject_type: NotificationSubject;
  subject_id: string;
  withdrawal_id: string | null;
  status: WithdrawalNow['status'] | null;
  kind: WithdrawalNow['kind'] | null;
  member_id: string | null;
  asset: string | null;
  amount: string | null;
  claimed: string | null;
  there: string | null;
  target: string | null;
  requested_at: Date | string | null;
  attempts: number;
  reason: string | null;
  acknowledged_at: Date | string | null;
  acknowledged_by: string | null;
  acknowledged_name: string | null;
  assigned_at: Date | string | null;
  assigned_to: string | null;
  assigned_name: string | null;
  escalated_at: Date | string | null;
  escalated_by: string | null;
  escalated_name: string | null;
  counts: NotificationView['deliveries'] | null;
  cursor_at: string;
}

const person = (id: string | null, name: string | null) => (id ? { id, name: name ?? id } : null);

function toView(row: RawRow): NotificationView {
  const acknowledgedBy = person(row.acknowledged_by, row.acknowledged_name);
  const assignedTo = person(row.assigned_to, row.assigned_name);
  return {
    id: row.id,
    at: instantText(row.at),
    type: row.type,
    severity: row.severity,
    subject: { type: row.subject_type, id: row.subject_id },
    withdrawal:
      row.withdrawal_id && row.status && row.kind
        ? { id: row.withdrawal_id, kind: row.kind, status: row.status }
        : null,
    memberId: row.member_id,
    asset: row.asset,
    amount: row.asset && row.amount ? Amount.fromDecimal(row.asset, row.amount).toString() : null,
    compared: row.claimed && row.there ? { claimed: row.claimed, there: row.there } : null,
    target: row.target,
    requestedAt: row.requested_at && instantText(row.requested_at),
    attempts: row.attempts,
    reason: row.reason,
    acknowledged: row.acknowledged_at ? { by: acknowledgedBy, at: instantText(row.acknowledged_at) } : null,
    assigned: row.assigned_at && assignedTo ? { to: assignedTo, at: instantText(row.assigned_at) } : null,
    escalated: row.escalated_at
      ? { by: person(row.escalated_by, row.escalated_name), at: instantText(row.escalated_at) }
      : null,
    deliveries: row.counts ?? { delivered: 0, pending: 0, givenUp: 0 },
  };
}
