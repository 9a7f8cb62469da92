import { createLoader, createSerializer, type inferParserType, parseAsArrayOf, parseAsString } from 'nuqs/server';
import type { StatementInput } from '#server/ledger/contract.ts';

export const PAGE_ROWS = 50;

export const balanceSearch = {
  member: parseAsString,
  asset: parseAsString,
  /** The cursors walked through so far: the last is this page's, the ones before lead back. */
  after: parseAsArrayOf(parseAsString).withDefault([]),
};
export type BalanceSearch = inferParserType<typeof balanceSearch>;

export const loadBalanceSearch = createLoader(balanceSearch);
export const balanceHref = createSerializer(balanceSearch);

export const statementInput = (memberId: string, { asset, after }: BalanceSearch): StatementInput => ({
  memberId,
  ...(asset && { asset }),
  cursor: after.at(-1) ?? null,
  limit: PAGE_ROWS,
});
