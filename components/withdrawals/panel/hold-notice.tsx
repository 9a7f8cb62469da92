'use client';

import { Pause } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { Age, ZonedTime } from '#components/ui/time.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { holdNote, holdWord } from '../words.ts';

/** Why it stands still, and who said so. */
export function HoldNotice({ withdrawal }: { readonly withdrawal: WithdrawalView }) {
  const t = useTranslations('withdrawals');
  const { hold, timeline } = withdrawal;
  if (!hold) return null;
  const who = timeline.find(({ by }) => by.type !== 'system' && by.id === hold.by)?.by.name;
  return (
    <Notice tone="warning" icon={Pause}>
      <p className="font-medium">{t('onHold', { reason: holdWord(t, hold.reason) })}</p>
      <p className="[overflow-wrap:anywhere]">{holdNote(t, hold)}</p>
      <p className="text-sm">
        {who || t('timeline.system')} · <ZonedTime at={hold.at} /> (<Age at={hold.at} />)
      </p>
    </Notice>
  );
}
