import type { IncidentLog } from '#server/incidents/index.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { LedgerService, WalletBooks } from '#server/ledger/index.ts';
import type { PayoutTurn } from './payout.service.ts';
import { orderLook } from './payout-looks.ts';
import { nextLookAtPaid, nextUnknownLook } from './payout-policy.ts';
import type { PayoutRail } from './payout-rail.ts';
import { LATE_HOLD } from './statuses.ts';
import type { WalletBalances } from './wallet-balances.ts';
import { BNB, gasPaid } from './wallet-proof.ts';
import type { WalletShortages } from './wallet-shortages.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';

type WalletIncident =
  | 'receipt_mismatch'
  | 'reference_used'
  | 'closed_without_proof'
  | 'callback_contradicts'
  | 'late_success'
  | 'provider_reversed';

/** What people are to look at: one thing for each name it goes by. */
interface Seen {
  readonly txid: string | null;
  readonly gasTxid?: string | null;
  readonly succeeded?: boolean;
  readonly receipt?: Json;
}

/** What the chain proved of a payment. */
export interface WalletProof {
  readonly txid: string;
  /** The balances at the second reading; null when they could not be read. */
  readonly balances: WalletBalances | null;
}

/** The rows that an attempt to pay out of a wallet takes once the chain, or its silence, has spoken. */
export class WalletClosing {
  readonly #mover: WithdrawalMover;
  readonly #ledger: LedgerService;
  readonly #books: WalletBooks;
  readonly #shortages: WalletShortages;
  readonly #rail: PayoutRail;
  readonly #incidents: IncidentLog;
  readonly #jobs: JobQueue;
  readonly #transitFee: Amount;

  constructor(deps: {
    mover: WithdrawalMover;
    ledger: LedgerService;
    books: WalletBooks;
    shortages: WalletShortages;
    rail: PayoutRail;
    incidents: IncidentLog;
    jobs: JobQueue;
    transitFee: Amount;
  }) {
    this.#mover = deps.mover;
    this.#ledger = deps.ledger;
    this.#books = deps.books;
    this.#shortages = deps.shortages;
    this.#rail = deps.rail;
    this.#incidents = deps.incidents;
    this.#jobs = deps.jobs;
    this.#transitFee = Amount.fromDecimal(BNB, deps.transitFee.toString());
  }

  /** A10, A11, A14: paid, and what it cost in gas, in one commit. Gas that cannot be told yet is found by the next look at the wallet. */
  async settle(turn: PayoutTurn, { txid, balances }: WalletProof): Promise<void> {
    const { withdrawal, attempt, now, by } = turn;
    attempt.reference = txid;
    attempt.error = null;
    attempt.move('proven', now);
    const gas = gasPaid(attempt, balances);
    const detail = { txid, gas: gas?.toString() ?? null };
    await this.#mover.move(withdrawal, 'confirmed', { by, attemptId: attempt.id, detail });
    if (gas && attempt.walletId) {
      const { id: attemptId, walletId, withdrawalId } = attempt;
      await this.#ledger.post([{ kind: 'GAS', amount: gas, walletId, withdrawalId, attemptId, by }]);
    }
    await this.#rail.log.write(withdrawal, attempt);
    await this.#observe(turn);
    await this.lookWhetherStillThere(turn, null);
  }

  /** The company's gas leg of a transit, by the fee as configured; once, whatever the tokens did. */
  async topUp({ attempt, by }: PayoutTurn, gasTxid: string): Promise<void> {
    if (attempt.feeReference) return;
    attempt.feeReference = gasTxid;
    const { id: attemptId, withdrawalId } = attempt;
    const reason = 'estimated: the configured fee';
    await this.#ledger.post([
      { kind: 'GAS_TOPUP', amount: this.#transitFee, withdrawalId, attemptId, reference: gasTxid, reason, by },
    ]);
  }

  /** A15: it provably did not run. */
  async notExecuted(turn: PayoutTurn, reason: string): Promise<void> {
    const { withdrawal, attempt, now, by } = turn;
    attempt.error = reason;
    attempt.move('failed_at_provider', now);
    await this.#mover.move(withdrawal, 'failed_at_provider', { by, attemptId: attempt.id, reason });
    await this.#rail.log.write(withdrawal, attempt);
    await this.#observe(turn);
  }

  /** A12, A13, A15b, A16: nothing moves, and people are told. */
  async lose(turn: PayoutTurn, event: 'no_final_word' | 'contradicted', reason: string): Promise<void> {
    const { withdrawal, attempt, now, by } = turn;
    attempt.error = reason;
    attempt.looks = 0;
    attempt.move(event, now);
    await this.#mover.move(withdrawal, 'no_final_word', { by, attemptId: attempt.id, reason });
    await this.#rail.log.write(withdrawal, attempt);
    await this.lookUnknown(turn);
  }

  /**
   * A23: it counted as not executed, its money is free again, and now the chain shows it as paid. The books follow the
   * chain; what it means for the withdrawal is for people, who find it on hold and the wallet paused.
   */
  async late(turn: PayoutTurn, txid: string): Promise<void> {
    const { withdrawal, attempt, now, by } = turn;
    attempt.lateAt = now;
    attempt.reference = txid;
    const note = `paid after all: ${txid}`;
    if (!withdrawal.holdAt) withdrawal.hold({ reason: LATE_HOLD, note, by: by.id, at: now });
    const writtenOff = await this.#writtenOff(turn);
    const amount = attempt.money().minus(writtenOff);
    const detail = { txid, writtenOff: writtenOff.toString() };
    const facts = { by, attemptId: attempt.id, amount, paid: attempt.money(), reason: 'late_success' };
    await this.#mover.move(withdrawal, 'late', { ...facts, detail });
    await this.openIncident(turn, 'late_success', { txid });
    await this.#rail.pauseWallet(attempt, 'late_success', by);
    await this.#rail.log.write(withdrawal, attempt);
    await this.lookWhetherStillThere(turn, null);
  }

  /**
   * A24: the chain no longer shows what it had shown. Nothing is booked before two people have looked, and nothing of the
   * wallet is observed: what is back there may be this payment.
   */
  async takenBack(turn: PayoutTurn, seen: { readonly txid: string; readonly receipt: Json }): Promise<void> {
    const { attempt, now, by } = turn;
    attempt.takenBackAt = now;
    await this.openIncident(turn, 'provider_reversed', seen);
    await this.#rail.pauseWallet(attempt, 'provider_reversed', by);
  }

  /** Of what leaves no receipt nobody could tell. `lookedAt` is when it was looked at before. */
  async lookWhetherStillThere(turn: PayoutTurn, lookedAt: Date | null): Promise<void> {
    const { attempt, now } = turn;
    const paidAt = attempt.lateAt ?? attempt.endedAt;
    if (attempt.asset === BNB || !paidAt) return;
    // Just proven: what was ordered while it was open is of no use any more, and the marks begin.
    if (lookedAt === null) attempt.nextLookAt = null;
    const inMs = nextLookAtPaid(paidAt, { lookedAt, now });
    if (inMs !== null) await this.lookAt(turn, inMs);
  }

  /** What had to wait for this payment to end is compared with the chain now. */
  async #observe({ attempt }: PayoutTurn): Promise<void> {
    if (attempt.walletId) await this.#jobs.send('wallet.observe', { walletId: attempt.walletId });
  }

  /**
   * What of a late payment the books have had already: a shortage that was given up before it showed up. One that is
   * still open is explained by it instead, and the payment booked in its place.
   */
  async #writtenOff({ attempt, by }: PayoutTurn): Promise<Amount> {
    const { id: except, walletId, asset, fencedAt: since } = attempt;
    const amount = attempt.money();
    if (!walletId) return Amount.zero(asset);
    const note = `attempt ${attempt.id} was paid after all`;
    const { taken } = await this.#shortages.explain({ walletId, amount, note, by });
    const rest = amount.minus(taken);
    const givenUp = await this.#books.givenUp({ walletId, asset, since, except });
    return givenUp.isLessThan(rest) ? givenUp : rest;
  }

  /** Once for each thing that was seen, and not again when people have closed it. */
  async openIncident({ withdrawal, attempt, by }: PayoutTurn, kind: WalletIncident, seen: Seen): Promise<void> {
    const subject = [attempt.id, seen.txid ?? seen.gasTxid].filter(Boolean).join(' ');
    await this.#incidents.openUnlessClosed(
      {
        ...{ kind, subject, provider: attempt.provider, amount: attempt.money(), detail: { ...seen } },
        ...{ withdrawalId: withdrawal.id, attemptId: attempt.id },
        ...(attempt.walletId ? { walletId: attempt.walletId } : {}),
      },
      by,
    );
  }

  /** An unknown outcome is looked at ever more seldom, by how long it has been unknown. */
  async lookUnknown(turn: PayoutTurn): Promise<void> {
    const { attempt, now } = turn;
    await this.lookAt(turn, nextUnknownLook(attempt.updatedAt, now).getTime() - now.getTime());
  }

  async lookAt({ attempt, now }: PayoutTurn, inMs: number): Promise<void> {
    await orderLook(this.#jobs, attempt, { now, at: new Date(now.getTime() + inMs) });
  }
}
