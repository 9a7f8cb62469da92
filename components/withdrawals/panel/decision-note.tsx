'use client';

import { Check, Info } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { Age, ZonedTime } from '#components/ui/time.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { actionWord } from '../words.ts';

/** What became of the operator's own decision. It stays: a message that goes away is no record. */
export type Note = 'approved' | 'rejected' | 'cancelled' | 'already_decided';

const DECISIONS = ['withdrawal.approved', 'withdrawal.rejected', 'withdrawal.cancelled', 'withdrawal.expired'];

export function DecisionNote({ note, withdrawal }: { readonly note: Note; readonly withdrawal: WithdrawalView }) {
  const t = useTranslations('withdrawals');
  if (note !== 'already_decided') {
    return (
      <Notice tone="success" icon={Check}>
        {t(`decision.done.${note === 'approved' && withdrawal.status === 'approved_pending' ? 'first_vote' : note}`)}
      </Notice>
    );
  }
  const decided = withdrawal.timeline
    .filter(({ action }) => DECISIONS.includes(action))
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .at(-1);
  return (
    <Notice tone="info" icon={Info}>
      <p className="font-medium">{t('decision.alreadyDecided')}</p>
      {decided && (
        <p>
          {decided.by.type === 'system' ? t('timeline.system') : decided.by.name} · {actionWord(t, decided.action)} ·{' '}
          <ZonedTime at={decided.at} /> (<Age at={decided.at} />)
        </p>
      )}
    </Notice>
  );
}
