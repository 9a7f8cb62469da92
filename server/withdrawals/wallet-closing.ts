import type { IncidentLog } from '#server/incidents/index.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { LedgerService } from '#server/ledger/index.ts';
import type { AttemptLog } from './attempt-log.ts';
import type { PayoutTurn } from './payout.service.ts';
import { nextUnknownLook } from './payout-policy.ts';
import type { WalletBalances } from './wallet-balances.ts';
import { gasPaid } from './wallet-proof.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';

type WalletIncident = 'receipt_mismatch' | 'reference_used' | 'closed_without_proof' | 'callback_contradicts';

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
  readonly #log: AttemptLog;
  readonly #incidents: IncidentLog;
  readonly #jobs: JobQueue;

  constructor(deps: {
    mover: WithdrawalMover;
    ledger: LedgerService;
    log: AttemptLog;
    incidents: IncidentLog;
    jobs: JobQueue;
  }) {
    this.#mover = deps.mover;
    this.#ledger = deps.ledger;
    this.#log = deps.log;
    this.#incidents = deps.incidents;
    this.#jobs = deps.jobs;
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
    await this.#log.write(withdrawal, attempt);
  }

  /** A12, A13, A15b, A16: nothing moves, and people are told. */
  async lose(turn: PayoutTurn, event: 'no_final_word' | 'contradicted', reason: string): Promise<void> {
    const { withdrawal, attempt, now, by } = turn;
    attempt.error = reason;
    attempt.looks = 0;
    attempt.move(event, now);
    await this.#mover.move(withdrawal, 'no_final_word', { by, attemptId: attempt.id, reason });
    await this.#log.write(withdrawal, attempt);
    await this.lookAt(turn, nextUnknownLook(now, now).getTime() - now.getTime());
  }

  async openIncident({ withdrawal, attempt, by }: PayoutTurn, kind: WalletIncident, detail: Json): Promise<void> {
    await this.#incidents.open(
      {
        ...{ kind, subject: attempt.id, provider: attempt.provider, amount: attempt.money(), detail },
        ...{ withdrawalId: withdrawal.id, attemptId: attempt.id },
        ...(attempt.walletId ? { walletId: attempt.walletId } : {}),
      },
      by,
    );
  }

  async lookAt({ attempt, now }: PayoutTurn, inMs: number): Promise<void> {
    const startAfter = new Date(now.getTime() + inMs);
    await this.#jobs.send('payout.look-up', { attemptId: attempt.id }, { startAfter });
  }
}
