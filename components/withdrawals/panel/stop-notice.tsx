'use client';

import { Snowflake } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useReasonText } from '#components/reasons/use-reason-text.ts';
import { Notice } from '#components/ui/badge.tsx';
import { Age, ZonedTime } from '#components/ui/time.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';

/** Why nothing goes out whatever is approved, since when, and by whom where it was a person. */
export function StopNotice({ withdrawal: { stop } }: { readonly withdrawal: WithdrawalView }) {
  const t = useTranslations('withdrawals');
  const reasonText = useReasonText();
  if (!stop) return null;
  return (
    <Notice tone="danger" icon={Snowflake}>
      <p className="font-medium">{t(`stop.${stop.stop}`)}</p>
      {stop.reason && <p className="[overflow-wrap:anywhere]">{reasonText(stop.reason)}</p>}
      {stop.at && (
        <p className="text-sm">
          {stop.by ?? t('timeline.system')} · <ZonedTime at={stop.at} /> (<Age at={stop.at} />)
        </p>
      )}
    </Notice>
  );
}
