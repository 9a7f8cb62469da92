import type { Json } from '#server/kernel/canonical-json.ts';
import { newId } from '#server/kernel/ids.ts';
import type { ChainReceipt } from '#server/wallets/index.ts';
import type { PayoutAttempt, PayoutEvidence } from './payout-attempt.entity.ts';
import { type WalletBalances, walletBalancesIn } from './wallet-balances.ts';

/** What one look saw of the chain. A part that could not be read is missing, and proves nothing. */
export interface WalletReading {
  /** The database's time before anything was asked. */
  readonly begunAt: Date;
  /** The address of the wallet that was to pay. */
  readonly from: string;
  /** By transaction hash; null where the chain shows no receipt. */
  readonly receipts: ReadonlyMap<string, ChainReceipt | null>;
  readonly balances: WalletBalances | null;
}

type Kept = Pick<PayoutEvidence, 'id' | 'attemptId' | 'kind' | 'body' | 'at'>;

/** The rows that say what a look saw, for people and for the look after it. */
export function evidenceOf(reading: WalletReading, { id: attemptId }: PayoutAttempt, at: Date): Kept[] {
  const rows: Kept[] = [];
  const keep = (kind: 'receipt' | 'balance', body: Json) => rows.push({ id: newId(), attemptId, kind, body, at });
  for (const [txid, receipt] of reading.receipts) if (receipt) keep('receipt', { txid, receipt: { ...receipt } });
  if (reading.balances) {
    const balances = [...reading.balances].map(([asset, amount]) => ({ asset, amount: amount.toString() }));
    keep('balance', { balances });
  }
  return rows;
}

/** What earlier looks saw, each so long before this one that the two are readings of their own. */
export function earlierThan(evidence: readonly PayoutEvidence[], { begunAt }: WalletReading, apartMs: number) {
  const apart = evidence.filter(({ at }) => begunAt.getTime() - at.getTime() >= apartMs);
  return {
    receiptsOf: (txid: string): ChainReceipt[] =>
      apart.flatMap(({ kind, body }) => (kind === 'receipt' ? receiptIn(body, txid) : [])),
    balances: apart.flatMap(({ kind, body }) => (kind === 'balance' ? (walletBalancesIn(body) ?? []) : [])),
  };
}

function receiptIn(body: unknown, txid: string): ChainReceipt[] {
  const { txid: of, receipt } = body as { txid?: string; receipt?: ChainReceipt };
  return of === txid && receipt ? [receipt] : [];
}
