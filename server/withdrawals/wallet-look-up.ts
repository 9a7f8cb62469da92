import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { SystemService } from '#server/system/index.ts';
import type { ChainReceipt, WalletService } from '#server/wallets/index.ts';
import type { PayoutTurn } from './payout.service.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import { lookDelayMs, nextUnknownLook, PROOFS_APART_MS } from './payout-policy.ts';
import type { WalletBalances } from './wallet-balances.ts';
import type { WalletClosing } from './wallet-closing.ts';
import { BNB, fits, gasPaid } from './wallet-proof.ts';
import { earlierThan, evidenceOf, type WalletReading } from './wallet-reading.ts';
import type { WithdrawalRepository } from './withdrawal.repository.ts';

/** Asks the chain what became of a payout out of a wallet, and believes what it has seen twice. */
export class WalletLookUp {
  readonly #withdrawals: WithdrawalRepository;
  readonly #wallets: WalletService;
  readonly #closing: WalletClosing;
  readonly #system: SystemService;

  constructor(deps: {
    withdrawals: WithdrawalRepository;
    wallets: WalletService;
    closing: WalletClosing;
    system: SystemService;
  }) {
    this.#withdrawals = deps.withdrawals;
    this.#wallets = deps.wallets;
    this.#closing = deps.closing;
    this.#system = deps.system;
  }

  /** Outside any transaction: what there is to see now. Null for a payout that is not a wallet's. */
  async read(attemptId: string): Promise<WalletReading | null> {
    const attempt = await this.#withdrawals.findAttempt(attemptId);
    if (!attempt?.walletId) return null;
    const begunAt = await this.#withdrawals.databaseNow();
    const { address } = await this.#wallets.get(attempt.walletId);
    const receipts = new Map<string, ChainReceipt | null>();
    for (const txid of namedIn(attempt)) {
      const receipt = await readable(this.#wallets.receipt({ txid, asset: attempt.asset }));
      if (receipt !== undefined) receipts.set(txid, receipt);
    }
    const balances = wantsBalances(attempt, receipts, begunAt) ? await this.#balances(attempt) : null;
    return { begunAt, from: address ?? '', receipts, balances };
  }

  /** Takes what was read, and schedules the next look itself. */
  async take(attemptId: string, reading: WalletReading, by: ActingParty): Promise<void> {
    const seen = await this.#withdrawals.findAttempt(attemptId);
    if (!seen) return;
    const withdrawal = await this.#withdrawals.lock(seen.withdrawalId);
    const attempt = await this.#withdrawals.lockAttempt(attemptId);
    if (attempt.status !== 'submitted' && attempt.status !== 'unknown') return;
    const now = await this.#withdrawals.databaseNow();
    attempt.looks += 1;
    attempt.lookedAt = now;
    if (reading.receipts.size > 0 || reading.balances) await this.#system.noteRead(attempt.provider);
    const evidence = await this.#withdrawals.evidence(attempt.id);
    for (const row of evidenceOf(reading, attempt, now)) this.#withdrawals.addEvidence(row);
    const earlier = earlierThan(evidence, reading, PROOFS_APART_MS);
    await this.#judge({ withdrawal, attempt, now, by }, { reading, earlier });
  }

  async #judge(turn: PayoutTurn, sight: Sight): Promise<void> {
    const { attempt } = turn;
    for (const txid of namedIn(attempt)) {
      const shown = attempt.asset === BNB ? coinShown(attempt, sight) : tokenShown(attempt, txid, sight);
      if (shown === 'twice') return this.#closing.settle(turn, { txid, balances: sight.reading.balances });
      if (shown === 'once') return this.#closing.lookAt(turn, PROOFS_APART_MS);
      if (shown === 'other') await this.#mismatch(turn, txid, sight.reading.receipts.get(txid) ?? null);
    }
    if (attempt.status === 'unknown') {
      const next = nextUnknownLook(attempt.updatedAt, turn.now);
      return this.#closing.lookAt(turn, next.getTime() - turn.now.getTime());
    }
    if (turn.now >= attempt.deadlineAt) return this.#closing.lose(turn, 'no_final_word', 'no_final_word');
    await this.#closing.lookAt(turn, lookDelayMs(attempt.looks));
  }

  /** A13: the chain shows another payment under this name. */
  async #mismatch(turn: PayoutTurn, txid: string, receipt: ChainReceipt | null): Promise<void> {
    await this.#closing.openIncident(turn, 'receipt_mismatch', { txid, receipt: receipt && { ...receipt } });
    if (turn.attempt.status !== 'unknown') await this.#closing.lose(turn, 'contradicted', 'receipt_mismatch');
  }

  async #balances({ walletId, asset }: PayoutAttempt): Promise<WalletBalances | null> {
    const read = await readable(this.#wallets.balances({ walletId: walletId ?? '', asset }));
    return read ? new Map(read.map((each) => [each.asset, Amount.parse(each.asset, each.amount)])) : null;
  }
}

interface Sight {
  readonly reading: WalletReading;
  readonly earlier: ReturnType<typeof earlierThan>;
}

/** How often a payment has been seen, or that something else has. */
type Shown = 'twice' | 'once' | 'not' | 'other';

/** A10: the same receipt, read twice. */
function tokenShown(attempt: PayoutAttempt, txid: string, { reading, earlier }: Sight): Shown {
  const receipt = reading.receipts.get(txid);
  if (!receipt) return 'not';
  if (!fits(receipt, attempt, reading.from)) return 'other';
  return earlier.receiptsOf(txid).some((before) => fits(before, attempt, reading.from)) ? 'twice' : 'once';
}

/** A11: BNB leaves no receipt to read; its balance must have fallen by the amount and a plausible gas, the same twice. */
function coinShown(attempt: PayoutAttempt, { reading, earlier }: Sight): Shown {
  const gas = gasPaid(attempt, reading.balances);
  if (!gas) return 'not';
  return earlier.balances.some((before) => gasPaid(attempt, before)?.equals(gas)) ? 'twice' : 'once';
}

/** The hashes under which a payment may be found. */
const namedIn = ({ reference }: PayoutAttempt): string[] => (reference ? [reference] : []);

function wantsBalances(attempt: PayoutAttempt, receipts: WalletReading['receipts'], now: Date): boolean {
  if (attempt.asset === BNB) return namedIn(attempt).length > 0;
  return now >= attempt.deadlineAt || [...receipts.values()].some((receipt) => receipt !== null);
}

/** Undefined where the provider could not be asked or answered nothing that can be used. */
async function readable<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}
