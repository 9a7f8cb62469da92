import type { WithdrawalApproval } from './approval.entity.ts';
import type { WithdrawalSummary } from './contract.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { WithdrawalRepository } from './withdrawal.repository.ts';

/** Everything of a withdrawal that its own row and its votes say. */
export function withdrawalSummary(
  withdrawal: Withdrawal,
  votes: readonly WithdrawalApproval[],
  names: ReadonlyMap<string, string>,
): WithdrawalSummary {
  const { requestedById: requester, requestedByType } = withdrawal;
  return {
    id: withdrawal.id,
    kind: withdrawal.kind,
    memberId: withdrawal.memberId,
    walletId: withdrawal.walletId ?? null,
    asset: withdrawal.asset,
    amount: withdrawal.money().toString(),
    destination: { address: withdrawal.destinationAddress, type: withdrawal.destinationType },
    status: withdrawal.status,
    waitReason: withdrawal.waitReason ?? null,
    onHold: Boolean(withdrawal.holdAt),
    policyVersion: withdrawal.policyVersion,
    digest: withdrawal.digest,
    revision: withdrawal.revision,
    reference: withdrawal.reference ?? null,
    approvals: {
      required: withdrawal.approvalsRequired,
      given: votes.map(({ operatorId, behalfOf, at, note }) => ({
        operatorId,
        name: names.get(operatorId) ?? '',
        onBehalfOf: behalfOf ? { id: behalfOf, name: names.get(behalfOf) ?? '' } : null,
        at: at.toISOString(),
        note: note ?? null,
      })),
    },
    requestedBy: { type: requestedByType, id: requester, name: names.get(requester) ?? '' },
    requestedAt: withdrawal.requestedAt.toISOString(),
    updatedAt: withdrawal.updatedAt.toISOString(),
    expiresAt: withdrawal.expiresAt.toISOString(),
  };
}

/** The same with its votes and the people's names, read now. */
export async function readSummary(
  withdrawals: WithdrawalRepository,
  withdrawal: Withdrawal,
): Promise<WithdrawalSummary> {
  const votes = await withdrawals.votes(withdrawal);
  return withdrawalSummary(withdrawal, votes, await withdrawals.names(peopleOf(withdrawal, votes)));
}

/** Everybody whom its summary names. */
export const peopleOf = (withdrawal: Withdrawal, votes: readonly WithdrawalApproval[]): string[] => [
  withdrawal.requestedById,
  ...votes.flatMap(({ operatorId, behalfOf }) => (behalfOf ? [operatorId, behalfOf] : [operatorId])),
];
