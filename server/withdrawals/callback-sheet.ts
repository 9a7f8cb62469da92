import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { PayoutAttemptRepository } from './payout-attempt.repository.ts';
import type { CallbackWord } from './statuses.ts';
import type { ReceivedReport, TransitCallbacks } from './transit-callbacks.ts';
import { isOwn, saysNothingRan } from './wallet-judgement.ts';

/** One body that was posted about a transit, as people see it. */
export interface ShownCallback {
  readonly id: string;
  readonly receivedAt: Date;
  /** Of the body as it was kept. */
  readonly bytes: number;
  readonly body: string;
  readonly word: CallbackWord;
}

/** What was posted about a transit, and what each of it counts for: the words for what `judge` does with it. */
export class CallbackSheet {
  readonly #callbacks: TransitCallbacks;
  readonly #payoutAttempts: PayoutAttemptRepository;

  constructor(deps: { transitCallbacks: TransitCallbacks; payoutAttempts: PayoutAttemptRepository }) {
    this.#callbacks = deps.transitCallbacks;
    this.#payoutAttempts = deps.payoutAttempts;
  }

  /** In the order they came. */
  async of(attempt: PayoutAttempt): Promise<ShownCallback[]> {
    const shown: ShownCallback[] = [];
    for (const kept of await this.#callbacks.keptOf(attempt.id)) {
      const { id, receivedAt, report } = kept;
      const body = this.#callbacks.textOf(kept, attempt.callbackHash ?? null);
      shown.push({ id, receivedAt, bytes: kept.body.byteLength, body, word: await this.#wordFor(attempt, report) });
    }
    return shown;
  }

  async #wordFor(attempt: PayoutAttempt, report: ReceivedReport | null): Promise<CallbackWord> {
    if (!report) return 'unreadable';
    if (!isOwn(report, attempt)) return 'other_token';
    const { tokenTxid, succeeded } = report;
    const isProven = attempt.status === 'confirmed' || !!attempt.lateAt;
    if (isProven) return tokenTxid === attempt.reference ? 'proven' : 'passed_over';
    if (tokenTxid && (await this.#payoutAttempts.txidTaken(attempt, tokenTxid))) return 'reference_used';
    if (succeeded && tokenTxid) return 'looked_up';
    return saysNothingRan(report, attempt) ? 'nothing_ran' : 'inconclusive';
  }
}
