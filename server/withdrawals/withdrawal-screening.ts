import type { ActingParty } from '#server/kernel/actor.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import {
  type Finding,
  type RiskGate,
  SCREENING_PENDING,
  type ScreeningAnswer,
  type ScreeningOrder,
  type Screenings,
} from '#server/risk/index.ts';
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

  /** Where a rule says that it is asked: about what it is asked for now, whatever was said of it before. */
  async begin(withdrawal: Withdrawal, findings: readonly Finding[]): Promise<void> {
    if (!findings.includes(SCREENING_PENDING)) return;
    await this.#screenings.open(withdrawal);
    await this.#jobs.send('risk.screen', { withdrawalId: withdrawal.id });
  }

  /** Outside any transaction; null when there is nothing to ask any more. */
  async ask(withdrawalId: string): Promise<Answered | null> {
    const newest = await this.#screenings.newest(withdrawalId);
    if (!this.#screenings.ask || newest?.verdict !== 'pending') return null;
    const withdrawal = await this.#withdrawals.get(withdrawalId);
    if (!canMove('hold', withdrawal.status)) return null;
    return { revision: newest.revision, answer: await this.#screenings.ask(orderOf(withdrawal)) };
  }

  /** What is unknown stays on hold and is asked again; what is asked for otherwise by now has a question of its own. */
  async take(withdrawalId: string, { revision, answer }: Answered, by: ActingParty): Promise<void> {
    const withdrawal = await this.#withdrawals.lock(withdrawalId);
    const asked = { id: withdrawalId, revision };
    if ((await this.#screenings.newest(withdrawalId))?.revision !== revision) return;
    if (answer.kind === 'unknown') {
      const startAfter = await this.#screenings.postpone(asked);
      await this.#jobs.send('risk.screen', { withdrawalId }, { startAfter });
      return;
    }
    if (!(await this.#screenings.close(asked, answer))) return;
    const finding = findingOf(answer);
    this.#risk.record(withdrawal, 'screening', [finding]);
    // What is being sent already is stopped by nobody; the finding says what was known.
    if (finding.result === 'refuse' && (await this.#mover.canMove(withdrawal, 'reject'))) {
      await this.#mover.move(withdrawal, 'reject', { by, reason: RISK_HOLD });
    }
    if (finding.result === 'hold' && (await this.#mover.canMove(withdrawal, 'hold'))) {
      await this.#escalate(withdrawal, by);
      await holdForRisk(this.#mover, withdrawal, { findings: [finding], isVerdict: true });
    }
    if (finding.result === 'pass') await this.#release(withdrawal, by);
  }

  /** W10: what people have to look at is voted on by the strictest tier, and nobody has voted on it before the answer. */
  async #escalate(withdrawal: Withdrawal, by: ActingParty): Promise<void> {
    if (withdrawal.escalated && withdrawal.status === 'pending') return;
    // As it stands nobody can vote for it; another round would make it something that was asked for.
    if (await this.#withdrawals.isChanged(withdrawal)) return;
    withdrawal.escalated = true;
    await this.#mover.move(withdrawal, 'lapse', { by, reason: RISK_HOLD });
  }

  /** Only what was held for this answer alone. */
  async #release(withdrawal: Withdrawal, by: ActingParty): Promise<void> {
    if (withdrawal.holdReason !== RISK_HOLD || withdrawal.holdNote !== 'screening') return;
    await this.#mover.release(withdrawal, { by, detail: { hold: RISK_HOLD } });
  }
}

/** What the service said, and of which revision it was asked. */
interface Answered {
  readonly revision: number;
  readonly answer: ScreeningAnswer;
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
