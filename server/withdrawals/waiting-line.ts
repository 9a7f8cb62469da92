import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { WaitReason } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

/** Why withdrawals stand in a line: only one at a time leaves a wallet, or pays an amount that has no name yet. */
export type LineReason = Extract<WaitReason, 'wallet_busy' | 'same_amount'>;

export const standsInLine = (reason: WaitReason): reason is LineReason =>
  reason === 'wallet_busy' || reason === 'same_amount';

/** How many wait for the same wallet, or to pay the same amount, counted up to `atMost`. */
export async function lengthOfLine(
  em: EntityManager,
  { walletId, asset, amount }: Withdrawal,
  { reason, atMost }: { reason: LineReason; atMost: number },
): Promise<number> {
  const [which, parameters] =
    reason === 'wallet_busy' ? ['wallet_id = ?', [walletId]] : ['asset = ? and amount = ?', [asset, amount]];
  const [row] = await sql<{ count: number }>(
    em,
    `select count(*)::int as count from (select 1 from withdrawals
       where status = 'approved' and wait_reason = ? and ${which} limit ?) counted`,
    [reason, ...parameters, atMost],
  );
  return row?.count ?? 0;
}
