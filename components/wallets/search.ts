import { loaderOf, oneOf, text, texts, type ValuesOf } from '#components/url/params.ts';
import type { WalletListInput } from '#server/wallets/contract.ts';
import { WALLET_STATUSES } from '#server/wallets/statuses.ts';

const PAGE_ROWS = 50;

export const walletSearch = {
  q: text,
  status: oneOf(WALLET_STATUSES),
  after: texts,
};
export type WalletSearch = ValuesOf<typeof walletSearch>;

export const loadWalletSearch = loaderOf(walletSearch);

export function walletListInput({ q, status, after }: WalletSearch): WalletListInput {
  const filter = { ...(q && { q }), ...(status && { status }) };
  return { filter, cursor: after.at(-1) ?? null, limit: PAGE_ROWS };
}
