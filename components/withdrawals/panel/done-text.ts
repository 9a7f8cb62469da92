import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import type { Words } from '../words.ts';
import { cancelWindowLeft } from './cancel-window.tsx';
import type { DoneNote } from './note.ts';
import { explanation, isHandedOver } from './summary.tsx';

interface Seen {
  readonly withdrawal: WithdrawalView;
  readonly nowMs: number;
}

/** What became of the operator's own decision, as it is true of the withdrawal now; null once that is past. */
export function doneText(t: Words, note: DoneNote, { withdrawal, nowMs }: Seen): string | null {
  if (note === 'approved' || note === 'first_vote') return approvedText(t, { withdrawal, nowMs });
  if (note !== 'retried') return t(`decision.done.${note}`);
  const how = whyNotSent(t, withdrawal);
  return how ? t('decision.retriedThen', { how }) : t('decision.done.retried');
}

function approvedText(t: Words, { withdrawal, nowMs }: Seen): string | null {
  const { status } = withdrawal;
  if (status === 'pending') return null;
  if (status === 'approved_pending') return t('decision.done.first_vote');
  if (cancelWindowLeft(withdrawal, nowMs) !== null) return t('decision.cancellable');
  const how = whyNotSent(t, withdrawal);
  if (how) return t('decision.approvedThen', { how });
  if (status === 'approved') return t('decision.done.approved');
  return t('decision.approvedThen', { how: t(`explain.${explanation(withdrawal, isHandedOver(withdrawal))}`) });
}

/** What keeps it from being sent although it is approved. */
function whyNotSent(t: Words, { status, hold, stop, waitReason }: WithdrawalView): string | null {
  if (status !== 'approved' && status !== 'retrying') return null;
  if (hold) return t('waitExplain.on_hold');
  if (stop) return t(`stop.${stop.stop}`);
  return waitReason && t(`waitExplain.${waitReason}`);
}
