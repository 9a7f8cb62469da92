import type { EntityManager } from '@mikro-orm/postgresql';
import { instantText } from '#server/database/instant-text.ts';
import { sql } from '#server/database/sql.ts';
import type { Stop } from './statuses.ts';
import type { Sending } from './stops.ts';

/** A stop as a person is told of it: since when, by whom and why, as far as somebody or something wrote that down. */
export interface StandingStop {
  readonly stop: Stop;
  readonly at: string | null;
  readonly by: string | null;
  readonly reason: string | null;
}

type Origin = Pick<StandingStop, 'by' | 'reason'> & { readonly at: string | Date | null };

/** Of several freezes the oldest: it was the one that stopped it. */
const FREEZE = `
  select f.frozen_at as at, o.name as by, f.reason
  from freezes f left join operators o on o.id = f.frozen_by
  where f.lifted_at is null and (f.scope = 'all' or (f.scope = 'provider' and f.target = ?)
    or (f.scope = 'asset' and f.target = ?) or (f.scope = 'wallet' and f.target = ?))
  order by f.frozen_at, f.id limit 1`;
const PAUSE = `select paused_at as at, null as by, pause_reason as reason from provider_states where provider = ?`;

/** Where it comes from. A wallet's pause and an open breaker are not somebody's order: nothing more is known of them. */
export async function originOf(em: EntityManager, stop: Stop, sending: Sending): Promise<StandingStop> {
  const [row] = await originRows(em, stop, sending);
  return { stop, at: row?.at ? instantText(row.at) : null, by: row?.by ?? null, reason: row?.reason ?? null };
}

async function originRows(em: EntityManager, stop: Stop, { provider, asset, walletId }: Sending): Promise<Origin[]> {
  if (stop === 'frozen') return sql<Origin>(em, FREEZE, [provider, asset, walletId]);
  if (stop === 'provider_paused') return sql<Origin>(em, PAUSE, [provider]);
  return [];
}
