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

/** One row; `standingParameters` are what it binds. */
export const STANDING = `
  select
    exists (select 1 from freezes where lifted_at is null and (scope = 'all' or (scope = 'provider' and target = ?)
      or (scope = 'asset' and target = ?) or (scope = 'wallet' and target = ?))) as frozen,
    exists (select 1 from provider_states where provider = ? and paused_at is not null) as provider_paused,
    exists (select 1 from wallets where id = ?::uuid and status = 'paused') as wallet_paused`;

export const standingParameters = ({ provider, asset, walletId }: Sending): (string | null)[] => [
  provider,
  asset,
  walletId,
  provider,
  walletId,
];

export type StandingStops = Readonly<Record<Exclude<Stop, 'breaker'>, boolean>>;

/** The stops that somebody or something set and that stand in a table. */
export async function standingStops(em: EntityManager, sending: Sending): Promise<StandingStops> {
  const [row] = await sql<StandingStops>(em, STANDING, standingParameters(sending));
  if (!row) throw new Error('the database did not say what is stopped');
  return row;
}
