import { z } from 'zod';
import { DAY_MS, startOf } from './daily-data.ts';

const LIMIT_DEFAULT = 10;

export const listArguments = z.object({
  page: z.int().min(1).default(1),
  limit: z.int().min(1).max(1000).default(LIMIT_DEFAULT),
  startDate: z.iso.date().optional(),
  endDate: z.iso.date().optional(),
  sort: z.boolean().default(true),
});
export type ListArguments = z.infer<typeof listArguments>;

/** One page as the vendor gives it. Rows come in oldest first; `sort` true, the default, turns them round. */
export function listReply<Row extends { readonly createAt: number | null }>(rows: readonly Row[], list: ListArguments) {
  const from = list.startDate === undefined ? 0 : startOf(list.startDate);
  const until = list.endDate === undefined ? Number.POSITIVE_INFINITY : startOf(list.endDate) + DAY_MS;
  const fitting = rows.filter(({ createAt }) => createAt === null || (createAt >= from && createAt < until));
  const sorted = list.sort ? fitting.toReversed() : fitting;
  const start = (list.page - 1) * list.limit;
  const data = sorted.slice(start, start + list.limit);
  const totalPage = Math.ceil(sorted.length / list.limit);
  const pagination = {
    totalPage,
    total: sorted.length,
    currentPage: list.page,
    count: data.length,
    hasNext: list.page < totalPage,
  };
  return { data, pagination };
}
