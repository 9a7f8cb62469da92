import { z } from 'zod';
import type { Incident } from '#server/incidents/index.ts';
import { POOL_WITHDRAWAL_STATUSES, type PoolWithdrawal } from '#server/mining/index.ts';

const row: z.ZodType<PoolWithdrawal> = z.object({
  reference: z.string(),
  asset: z.string(),
  amount: z.string(),
  fee: z.string(),
  address: z.string().nullable(),
  type: z.string(),
  status: z.enum(POOL_WITHDRAWAL_STATUSES),
  rawStatus: z.string(),
  message: z.string().nullable(),
  createdAt: z.string().nullable(),
});

/** The row of the pool's list that an incident is about; null for one about anything else. */
export function rowOf({ kind, detail }: Pick<Incident, 'kind' | 'detail'>): PoolWithdrawal | null {
  const read = kind === 'unexplained_payout' ? row.safeParse(detail) : null;
  return read?.success ? read.data : null;
}
