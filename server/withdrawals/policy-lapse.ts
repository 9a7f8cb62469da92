import type { ActingParty } from '#server/kernel/actor.ts';
import type { Quorums } from './quorum.ts';
import type { WithdrawalRepository } from './withdrawal.repository.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';

/** A policy that asks for more also holds for what is open: its votes are void, and it is voted on under the new rules. */
export class PolicyLapse {
  readonly #withdrawals: WithdrawalRepository;
  readonly #mover: WithdrawalMover;
  readonly #quorums: Quorums;

  constructor(deps: {
    withdrawals: WithdrawalRepository;
    mover: WithdrawalMover;
    quorums: Quorums;
  }) {
    this.#withdrawals = deps.withdrawals;
    this.#mover = deps.mover;
    this.#quorums = deps.quorums;
  }

  /** A page of what may be concerned; the next one begins after its last. */
  candidates(version: string, after: string | null): Promise<string[]> {
    return this.#withdrawals.underOtherVersions(version, after);
  }

  /** W10, where the rules in force ask for more than it stands under. */
  async look(id: string, by: ActingParty): Promise<void> {
    const withdrawal = await this.#withdrawals.lock(id);
    if (!(await this.#mover.canMove(withdrawal, 'lapse'))) return;
    // As at the fence: another round of votes would approve what somebody wrote past the console.
    if (await this.#withdrawals.isChanged(withdrawal)) return;
    if (!(await this.#quorums.standing(withdrawal)).tightened) return;
    await this.#mover.move(withdrawal, 'lapse', { by, reason: 'policy_tightened' });
  }
}
