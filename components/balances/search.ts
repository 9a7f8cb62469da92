import { hrefOf, loaderOf, text, texts, type ValuesOf } from '#components/url/params.ts';
import type { StatementInput } from '#server/ledger/contract.ts';

export const PAGE_ROWS = 50;

export const balanceSearch = {
  member: text,
  asset: text,
  /** The cursors walked through so far: the last is this page's, the ones before lead back. */
  after: texts,
};
export type BalanceSearch = ValuesOf<typeof balanceSearch>;

export const loadBalanceSearch = loaderOf(balanceSearch);
export const balanceHref = hrefOf(balanceSearch);

export const statementInput = (memberId: string, { asset, after }: BalanceSearch): StatementInput => ({
  memberId,
  ...(asset && { asset }),
  cursor: after.at(-1) ?? null,
  limit: PAGE_ROWS,
});
