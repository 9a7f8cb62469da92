import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import type { Words } from '../words.ts';

/** What the vote leads to. What is stopped may change at any moment: that is as the server says now. */
export function nextStep(t: Words, quorum: WithdrawalView['quorum'], stop: WithdrawalView['stop']): string {
  const { leftAfterYours = 0, cancelWindowMinutes: minutes = 0 } = quorum ?? {};
  if (leftAfterYours > 0) return t('approve.nextAnother', { count: leftAfterYours });
  if (stop) return t('approve.nextStopped');
  return minutes > 0 ? t('approve.nextWindow', { minutes }) : t('approve.nextSend');
}
