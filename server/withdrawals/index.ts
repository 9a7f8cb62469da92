export { ApprovalRule } from './approval-rule.ts';
export { MiningAttemptLog } from './mining-attempt-log.ts';
export { PayoutService } from './payout.service.ts';
export { PayoutLookUpService } from './payout-look-up.service.ts';
export { WithdrawalRepository } from './withdrawal.repository.ts';
export { WithdrawalService } from './withdrawal.service.ts';
export { WithdrawalMover } from './withdrawal-mover.ts';
export { WithdrawalViews } from './withdrawal-views.ts';
