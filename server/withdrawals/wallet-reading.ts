import type { Json } from '#server/kernel/canonical-json.ts';
import { newId } from '#server/kernel/ids.ts';
import type { ChainReceipt } from '#server/wallets/index.ts';
import type { PayoutAttempt, PayoutEvidence } from './payout-attempt.entity.ts';
import type { ReceivedReports } from './transit-callbacks.ts';
import { type WalletBalances, walletBalancesIn } from './wallet-balances.ts';

/** What one look saw. A part that could not be read is missing, and proves nothing. */
export interface WalletReading {
  /** The database's time before anything was asked. */
  readonly begunAt: Date;
  /** The address of the wallet that was to pay. */
  readonly from: string;
  /** By transaction hash; null where the chain shows no receipt. */
  readonly receipts: ReadonlyMap<string, ChainReceipt | null>;
  readonly balances: WalletBalances | null;
}

/** What is known of an attempt when it is judged: this look, the looks before it, and what was reported. */
export interface Sight extends ReceivedReports {
  readonly now: Date;
  readonly reading: WalletReading;
  readonly evidence: readonly PayoutEvidence[];
  /** The hashes under which the payment may be found, none of them another attempt's. */
  readonly names: readonly string[];
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

/** What was seen so long before this look began that the two are readings of their own. */
export const apartFrom = ({ evidence, reading }: Sight, apartMs: number): PayoutEvidence[] =>
  evidence.filter(({ at }) => reading.begunAt.getTime() - at.getTime() >= apartMs);

export const receiptsIn = (evidence: readonly PayoutEvidence[], txid: string): ChainReceipt[] =>
  evidence.flatMap(({ kind, body }) => {
    const { txid: of, receipt } = body as { txid?: string; receipt?: ChainReceipt };
    return kind === 'receipt' && of === txid && receipt ? [receipt] : [];
  });

export const balancesIn = (evidence: readonly PayoutEvidence[]): WalletBalances[] =>
  evidence.flatMap(({ kind, body }) => (kind === 'balance' ? (walletBalancesIn(body) ?? []) : []));
