import type { ActingParty } from '#server/kernel/actor.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { Finding, RiskGate, ScreeningAnswer, ScreeningOrder, Screenings } from '#server/risk/index.ts';
import { holdForRisk } from './risk-hold.ts';
import { RISK_HOLD } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { WithdrawalRepository } from './withdrawal.repository.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';
import { canMove } from './withdrawal-moves.ts';

/** Asks an outside service about an address, and does what it says. Nobody votes before it has spoken. */
export class WithdrawalScreening {
  readonly #withdrawals: WithdrawalRepository;
  readonly #mover: WithdrawalMover;
  readonly #risk: RiskGate;
  readonly #screenings: Screenings;
  readonly #jobs: JobQueue;

  constructor(deps: {
    withdrawals: WithdrawalRepository;
    mover: WithdrawalMover;
    risk: RiskGate;
    screenings: Screenings;
    jobs: JobQueue;
  }) {
    this.#withdrawals = deps.withdrawals;
    this.#mover = deps.mover;
    this.#risk = deps.risk;
    this.#screenings = deps.screenings;
    this.#jobs = deps.jobs;
  }

  /** Outside any transaction; null when there is nothing to ask any more. */
  async ask(withdrawalId: string): Promise<ScreeningAnswer | null> {
    if (!this.#screenings.ask || (await this.#screenings.state(withdrawalId)) !== 'pending') return null;
    const withdrawal = await this.#withdrawals.get(withdrawalId);
    return canMove('hold', withdrawal.status) ? this.#screenings.ask(orderOf(withdrawal)) : null;
  }

  /** What is unknown stays on hold and is asked again. */
  async take(withdrawalId: string, answer: ScreeningAnswer, by: ActingParty): Promise<void> {
    const withdrawal = await this.#withdrawals.lock(withdrawalId);
    if (answer.kind === 'unknown') {
      const startAfter = await this.#screenings.postpone(withdrawalId);
      await this.#jobs.send('risk.screen', { withdrawalId }, { startAfter });
      return;
    }
    if (!(await this.#screenings.close(withdrawalId, answer))) return;
    const finding = findingOf(answer);
    this.#risk.record(withdrawal, 'screening', [finding]);
    if (finding.result === 'refuse' && canMove('reject', withdrawal.status)) {
      await this.#mover.move(withdrawal, 'reject', { by, reason: RISK_HOLD });
    }
    if (finding.result === 'hold' && canMove('hold', withdrawal.status)) {
      await holdForRisk(this.#mover, withdrawal, [finding]);
    }
    if (finding.result === 'pass') await this.#release(withdrawal, by);
  }

  /** Only what was held for this answer alone. */
  async #release(withdrawal: Withdrawal, by: ActingParty): Promise<void> {
    if (withdrawal.holdReason !== RISK_HOLD || withdrawal.holdNote !== 'screening') return;
    await this.#mover.move(withdrawal, 'release', { by, detail: { hold: RISK_HOLD } });
    withdrawal.release();
  }
}

const orderOf = (withdrawal: Withdrawal): ScreeningOrder => ({
  withdrawalId: withdrawal.id,
  memberId: withdrawal.memberId,
  asset: withdrawal.asset,
  amount: withdrawal.money().toString(),
  address: withdrawal.destinationAddress,
});

const RESULTS = { accept: 'pass', hold: 'hold', refuse: 'refuse' } as const;

function findingOf({ verdict, reference, reason }: Extract<ScreeningAnswer, { kind: 'verdict' }>): Finding {
  const said = [verdict, reason, reference && `(${reference})`].filter(Boolean).join(' ');
  return { rule: 'screening', result: RESULTS[verdict], threshold: null, observed: said };
}
