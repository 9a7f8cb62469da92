import { type Amount, bookable } from '#server/kernel/amount.ts';
import type { PoolWithdrawal } from './pool.port.ts';

/** Amounts are compared as numbers: `1` and `1.00` are the same. */
export const isOf = (row: PoolWithdrawal, amount: Amount): boolean =>
  row.asset === amount.asset && bookable(row.asset, row.amount)?.equals(amount) === true;

/** What tells one listed row from every other. The pool may use a withdrawal id twice, so that it alone does not. */
export const poolRowKey = (row: Pick<PoolWithdrawal, 'reference' | 'asset' | 'amount' | 'createdAt'>): string =>
  [row.reference, row.asset, bookable(row.asset, row.amount) ?? row.amount, row.createdAt ?? '-'].join(' ');

/** The amount of a kept row `e.row` in SQL: a decimal as the pool wrote it, compared as a number; null for what is none. */
export const LISTED_AMOUNT = `case when e.row->>'amount' ~ '^[0-9]+([.][0-9]+){0,1}$' then (e.row->>'amount')::numeric end`;

/** `poolRowKey` of a row in SQL, with its columns `reference`, `asset`, `amount` and `created_at`. */
export const rowKeyOf = (row: string): string =>
  `concat_ws(' ', ${row}.reference, ${row}.asset, trim_scale(${row}.amount),
    coalesce(to_char(${row}.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '-'))`;
