'use client';

import { Check, Info } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { Age, useNowMs, ZonedTime } from '#components/ui/time.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { actionWord } from '../words.ts';
import { doneText } from './done-text.ts';
import type { Note } from './note.ts';

/** What a colleague may have done in the meantime. */
const DECISIONS = [
  'withdrawal.approved',
  'withdrawal.rejected',
  'withdrawal.cancelled',
  'withdrawal.expired',
  'withdrawal.held',
  'withdrawal.released',
  'withdrawal.edited',
  'withdrawal.reopened',
  'withdrawal.retried_now',
  'withdrawal.resolved_paid',
  'withdrawal.resolved_not_paid',
  'withdrawal.reported_paid',
  'withdrawal.adopted',
  'payout.completed',
  'payout.found',
  'payout.found_not_executed',
];

export function DecisionNote({ note, withdrawal }: { readonly note: Note; readonly withdrawal: WithdrawalView }) {
  const t = useTranslations('withdrawals');
  const nowMs = useNowMs();
  if (note !== 'already_decided') {
    const text = doneText(t, note, { withdrawal, nowMs });
    if (!text) return null;
    return (
      <Notice tone={note === 'proposed' ? 'info' : 'success'} icon={note === 'proposed' ? Info : Check}>
        {text}
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
