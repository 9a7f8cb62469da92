import type { WithdrawalView } from '#server/withdrawals/contract.ts';

export interface Change {
  readonly field: 'amount' | 'asset' | 'destination' | 'member' | 'required' | 'revision' | 'policy' | 'behalf';
  readonly before: string;
  readonly after: string;
}

/** What is different from what the operator was shown, in the order in which it matters. */
export function changesBetween(shown: WithdrawalView, current: WithdrawalView): readonly Change[] {
  const fields: readonly Change[] = [
    { field: 'amount', before: shown.amount, after: current.amount },
    { field: 'asset', before: shown.asset, after: current.asset },
    { field: 'destination', before: shown.destination.address, after: current.destination.address },
    { field: 'member', before: shown.memberId, after: current.memberId },
    { field: 'required', before: `${shown.approvals.required}`, after: `${current.approvals.required}` },
    { field: 'behalf', before: shown.votesFor?.name ?? '-', after: current.votesFor?.name ?? '-' },
    { field: 'policy', before: shown.policyVersion, after: current.policyVersion },
    { field: 'revision', before: `${shown.revision}`, after: `${current.revision}` },
  ];
  return fields.filter(({ before, after }) => before !== after);
}
