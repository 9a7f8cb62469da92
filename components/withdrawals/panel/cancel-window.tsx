'use client';

import type { ReactNode } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useNowMs } from '#components/ui/time.tsx';
import { formatCountdown } from '#components/ui/time-text.ts';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';

/** How long what was approved can still be called back, to the second; null once it cannot, or something else is in its way. */
export const useCancelWindow = (withdrawal: WithdrawalView): string | null => cancelWindowLeft(withdrawal, useNowMs());

export function cancelWindowLeft(
  { status, hold, waitReason, notBefore }: WithdrawalView,
  nowMs: number,
): string | null {
  const isHeldUp = hold || (waitReason && waitReason !== 'not_before');
  return status === 'approved' && notBefore && !isHeldUp ? formatCountdown(notBefore, nowMs) : null;
}

interface CancelWindowProps {
  readonly withdrawal: WithdrawalView;
  /** What comes next where it is not open: beside it that would contradict it. */
  readonly children: ReactNode;
}

export function CancelWindow({ withdrawal, children }: CancelWindowProps) {
  const t = useTranslations('withdrawals');
  const left = useCancelWindow(withdrawal);
  if (left === null) return children;
  return (
    <p role="timer" className="font-medium tabular-nums">
      {t('cancelWindow', { left })}
    </p>
  );
}
