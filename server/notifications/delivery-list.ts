import type { EntityManager } from '@mikro-orm/postgresql';
import { instantText } from '#server/database/instant-text.ts';
import { cursorInstant, pageOf } from '#server/database/keyset-sql.ts';
import { sql } from '#server/database/sql.ts';
import { cappedTotal, fromCursor, TOTAL_MAX } from '#server/kernel/keyset.ts';
import type { DeliveryView, WebhookDeliveriesInput, WebhookDeliveriesPage } from './contract.ts';
import type { Channel, DeliveryStatus, EventType } from './statuses.ts';

/** One event goes to few receivers; so many of them are shown. */
const DELIVERIES_MAX = 200;

const SELECT = `select d.id, d.event_id, e.type, e.at, d.channel, d.endpoint_id, w.url, d.status, d.tries, d.last_tried_at,
  d.next_at, d.http_status, d.error, d.duration_ms, d.delivered_at, ${cursorInstant('d.created_at')} as cursor_at
  from notification_deliveries d join notification_events e on e.id = d.event_id
  left join webhook_endpoints w on w.id = d.endpoint_id`;

/** The delivery log of one event, for all who work here: of an endpoint only where it is, since its path may hold a token. */
export async function deliveriesOf(em: EntityManager, eventId: string): Promise<DeliveryView[]> {
  const text = `${SELECT} where d.event_id = ? order by d.channel, d.created_at, d.id limit ${DELIVERIES_MAX}`;
  const views = (await sql<RawRow>(em, text, [eventId])).map(toView);
  return views.map((view) => ({ ...view, endpoint: view.endpoint && withoutPath(view.endpoint) }));
}

const withoutPath = ({ id, url }: NonNullable<DeliveryView['endpoint']>) => ({ id, url: new URL(url).origin });

/** The delivery log of one endpoint, newest first. */
export async function deliveriesTo(
  em: EntityManager,
  { id, cursor, limit }: WebhookDeliveriesInput,
): Promise<WebhookDeliveriesPage> {
  const from = fromCursor(cursor);
  const beyond = from ? 'and (d.created_at, d.id) < (?::timestamptz, ?::uuid)' : '';
  const raw = await sql<RawRow>(
    em,
    `${SELECT} where d.endpoint_id = ? ${beyond} order by d.created_at desc, d.id desc limit ?`,
    [id, ...(from ? [from.at, from.id] : []), limit + 1],
  );
  const [counted] = await sql<{ total: number }>(
    em,
    `select count(*)::int as total from
       (select 1 from notification_deliveries where endpoint_id = ? limit ${TOTAL_MAX + 1}) capped`,
    [id],
  );
  return { ...pageOf(raw, limit, toView), total: cappedTotal(counted?.total ?? 0) };
}

interface RawRow {
  id: string;
  event_id: string;
  type: EventType;
  at: Date | string;
  channel: Channel;
  endpoint_id: string | null;
  url: string | null;
  status: DeliveryStatus;
  tries: number;
  last_tried_at: Date | string | null;
  next_at: Date | string;
  http_status: number | null;
  error: string | null;
  duration_ms: number | null;
  delivered_at: Date | string | null;
  cursor_at: string;
}

function toView(row: RawRow): DeliveryView {
  return {
    id: row.id,
    event: { id: row.event_id, type: row.type, at: instantText(row.at) },
    channel: row.channel,
    endpoint: row.endpoint_id ? { id: row.endpoint_id, url: row.url ?? '' } : null,
    status: row.status,
    tries: row.tries,
    lastTriedAt: row.last_tried_at && instantText(row.last_tried_at),
    nextAt: row.status === 'pending' ? instantText(row.next_at) : null,
    httpStatus: row.http_status,
    error: row.error,
    durationMs: row.duration_ms,
    deliveredAt: row.delivered_at && instantText(row.delivered_at),
  };
}
