export { AddressReveal } from './address-reveal.ts';
export { ApprovalEnd } from './approval-end.ts';
export { CallbackSheet, type ShownCallback } from './callback-sheet.ts';
export { refuse, whyNotReportPaid } from './decisions.ts';
export { FundedPayouts } from './funded-payouts.ts';
export { MiningRail } from './mining-rail.ts';
export { PAID_ONCE_SQL } from './paid-once.ts';
export { heldBack, PayoutService, type PayoutTurn } from './payout.service.ts';
export type { PayoutAttempt, PayoutEvidence } from './payout-attempt.entity.ts';
export { PayoutAttemptRepository } from './payout-attempt.repository.ts';
export { PayoutFence } from './payout-fence.ts';
export { PayoutLookUpService } from './payout-look-up.service.ts';
export { isSuperseded, orderLook } from './payout-looks.ts';
export {
  FAILURE_CONFIRMED_AFTER_MS,
  FINAL_WORD_WITHIN_MS,
  LEASE_SLACK_MS,
  nextUnknownLook,
  transitDeadlineMs,
} from './payout-policy.ts';
export type { PayoutOrder, PayoutOutcome, PayoutRails } from './payout-rail.ts';
export { PayoutWaits } from './payout-waits.ts';
export { PolicyLapse } from './policy-lapse.ts';
export { CLOCK_TOLERANCE_MS, type CutPair, type PaidBetween, PoolAttempts } from './pool-attempts.ts';
export { poolBeforeIn } from './pool-before.ts';
export { Quorums } from './quorum.ts';
export { LATE_HOLD, type WaitReason, type WithdrawalKind } from './statuses.ts';
export { TransitCallbacks } from './transit-callbacks.ts';
export { tryNow } from './try-now.ts';
export { UnresolvedPayouts } from './unresolved-payouts.ts';
export { VoterShortages } from './voter-shortages.ts';
export { walletBalancesIn } from './wallet-balances.ts';
export { WalletClosing } from './wallet-closing.ts';
export { WalletLookUp } from './wallet-look-up.ts';
export { fits, GAS_MAX, hasLost } from './wallet-proof.ts';
export { WalletRail } from './wallet-rail.ts';
export { WalletRequests } from './wallet-requests.ts';
export { WalletShortages } from './wallet-shortages.ts';
export { WalletWithdrawals } from './wallet-withdrawals.ts';
export type { Withdrawal } from './withdrawal.entity.ts';
export { WithdrawalRepository } from './withdrawal.repository.ts';
export { WithdrawalService } from './withdrawal.service.ts';
export { WithdrawalCorrections } from './withdrawal-corrections.ts';
export { WithdrawalMover } from './withdrawal-mover.ts';
export { canMove } from './withdrawal-moves.ts';
export { WithdrawalOpening } from './withdrawal-opening.ts';
export { WithdrawalScreening } from './withdrawal-screening.ts';
export { readSummary } from './withdrawal-summary.ts';
export { WithdrawalViews } from './withdrawal-views.ts';
