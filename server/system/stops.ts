import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { ProviderName } from '#server/kernel/provider-outcome.ts';
import type { Stop } from './statuses.ts';

/** What somebody wants to send, as far as a stop can concern it. */
export interface Sending {
  readonly provider: ProviderName;
  readonly asset: string;
  /** Null for coins that leave no wallet. */
  readonly walletId: string | null;
}

const STANDING = `
  select
    exists (select 1 from freezes where lifted_at is null and (scope = 'all' or (scope = 'provider' and target = ?)
      or (scope = 'asset' and target = ?) or (scope = 'wallet' and target = ?))) as frozen,
    exists (select 1 from provider_states where provider = ? and paused_at is not null) as provider_paused,
    exists (select 1 from wallets where id = ?::uuid and status = 'paused') as wallet_paused`;

/** The stops that somebody or something set and that stand in a table. */
export async function standingStops(
  em: EntityManager,
  { provider, asset, walletId }: Sending,
): Promise<Record<Exclude<Stop, 'breaker'>, boolean>> {
  const parameters = [provider, asset, walletId, provider, walletId];
  const [row] = await sql<Record<Exclude<Stop, 'breaker'>, boolean>>(em, STANDING, parameters);
  if (!row) throw new Error('the database did not say what is stopped');
  return row;
}
