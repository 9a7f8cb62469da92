import type { ContradictoryReply, NotReachedReason, ProviderOutcome } from '#server/kernel/provider-outcome.ts';

/** What an instruction that was not accepted comes to, before its evidence is added. */
export type Verdict = WithoutEvidence<Exclude<ProviderOutcome<never>, { kind: 'accepted' }>>;
type WithoutEvidence<Outcome> = Outcome extends unknown ? Omit<Outcome, 'evidence'> : never;

export const tryAgain = (reason: string): Verdict => ({ kind: 'rejected', retry: 'again', reason });
export const notReached = (reason: NotReachedReason): Verdict => tryAgain(reason);
export const tryAgainAfter = (reason: NotReachedReason, retryAfterMs: number): Verdict => ({
  kind: 'rejected',
  retry: 'again',
  retryAfterMs,
  reason,
});
export const final = (reason: string): Verdict => ({ kind: 'rejected', retry: 'never', reason });
export const finalForWallet = (reason: string): Verdict => ({
  kind: 'rejected',
  retry: 'never',
  quarantinesWallet: true,
  reason,
});
export const waitForFunds = (reason: string): Verdict => ({ kind: 'rejected', retry: 'when_funded', reason });
export const blockProvider = (reason: string): Verdict => ({ kind: 'blocked', scope: 'provider', reason });
export const blockWallet = (reason: string): Verdict => ({ kind: 'blocked', scope: 'wallet', reason });
export const unknown = (reason: string): Verdict => ({ kind: 'unknown', reason });
export const unknownAndPause = (reason: string): Verdict => ({ kind: 'unknown', pausesProvider: true, reason });
export const unknownIncident = (kind: ContradictoryReply): Verdict => ({
  kind: 'unknown',
  incident: kind,
  reason: kind,
});
