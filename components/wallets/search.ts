import { createLoader, type inferParserType, parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import type { WalletListInput } from '#server/wallets/contract.ts';
import { WALLET_STATUSES } from '#server/wallets/statuses.ts';

const PAGE_ROWS = 50;

export const walletSearch = {
  q: parseAsString,
  status: parseAsStringLiteral(WALLET_STATUSES),
  after: parseAsArrayOf(parseAsString).withDefault([]),
};
export type WalletSearch = inferParserType<typeof walletSearch>;

export const loadWalletSearch = createLoader(walletSearch);

export function walletListInput({ q, status, after }: WalletSearch): WalletListInput {
  const filter = { ...(q && { q }), ...(status && { status }) };
  return { filter, cursor: after.at(-1) ?? null, limit: PAGE_ROWS };
}
