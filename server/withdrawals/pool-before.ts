import { z } from 'zod';
import type { Amount } from '#server/kernel/amount.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import { isOf, type PoolHistoryRead } from '#server/mining/index.ts';

/**
 * Rule M6: the pool's rows of one amount as they were before the fence, so that none of them is ever taken for what came
 * after it. Kept with the attempt; without it no row is bound by itself.
 */
export interface PoolBefore {
  readonly readId: string;
  /** ISO 8601 UTC. */
  readonly readAt: string;
  /** The rows' withdrawal ids. */
  readonly references: readonly string[];
  /** When the newest of them was made, by the pool's clock; null when there was none. */
  readonly newest: string | null;
}

export function poolBefore(read: PoolHistoryRead, amount: Amount): { readonly [Field in keyof PoolBefore]: Json } {
  const rows = read.rows.filter((row) => isOf(row, amount));
  const times = rows.flatMap(({ createdAt }) => createdAt ?? []).toSorted();
  return {
    readId: read.id,
    readAt: read.startedAt.toISOString(),
    references: [...new Set(rows.map(({ reference }) => reference))],
    newest: times.at(-1) ?? null,
  };
}

/** What `poolBefore` kept; null when nothing could be read then. */
export const poolBeforeIn = (before: unknown): PoolBefore | null => kept.safeParse(before).data ?? null;

const kept = z.object({
  readId: z.uuid(),
  readAt: z.iso.datetime(),
  references: z.array(z.string()),
  newest: z.iso.datetime().nullable(),
}) satisfies z.ZodType<PoolBefore>;
