import type { Incident } from '#server/incidents/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { PayoutAttempt, Withdrawal } from '#server/withdrawals/index.ts';
import type { IncidentDecideInput } from './contract.ts';

/** An incident with what it is about, all of it locked. */
export interface Decided {
  readonly incident: Incident;
  readonly withdrawal: Withdrawal | null;
  readonly attempt: PayoutAttempt | null;
  readonly input: IncidentDecideInput;
  readonly by: ActingParty;
  /** Who said it first. */
  readonly proposedBy: string;
}
