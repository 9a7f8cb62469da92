import type { WithdrawalView } from '#server/withdrawals/contract.ts';

/** Whose balance the amount is held from, and is released to: the member's, or that of the wallet it was to leave. */
export const heldFrom = (kind: WithdrawalView['kind']) => (kind === 'mining' ? 'member' : 'wallet');
