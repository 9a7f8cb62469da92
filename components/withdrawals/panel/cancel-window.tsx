'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { useNowMs } from '#components/ui/time.tsx';
import { formatCountdown } from '#components/ui/time-text.ts';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';

/** How long what was approved can still be called back, to the second, and that it cannot any more. */
export function CancelWindow({ withdrawal }: { readonly withdrawal: WithdrawalView }) {
  const { status, hold, waitReason, notBefore } = withdrawal;
  if (status !== 'approved' || hold || waitReason || !notBefore) return null;
  return <Countdown until={notBefore} />;
}

function Countdown({ until }: { readonly until: string }) {
  const t = useTranslations('withdrawals');
  const left = formatCountdown(until, useNowMs());
  if (left === null) return <p className="text-ink-2">{t('cancelWindow.over')}</p>;
  return (
    <p role="timer" className="font-medium tabular-nums">
      {t('cancelWindow.open', { left })}
    </p>
  );
}
