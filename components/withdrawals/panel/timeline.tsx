'use client';

import { useReasonWord } from '#components/evidence/use-reason-word.ts';
import { useTranslations } from '#components/i18n/words.tsx';
import { useReasonText } from '#components/reasons/use-reason-text.ts';
import { Time } from '#components/ui/time.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { RISK_HOLD } from '#server/withdrawals/statuses.ts';
import { actionWord } from '../words.ts';

/** Who did what and when, the latest first. */
export function Timeline({ withdrawal }: { readonly withdrawal: WithdrawalView }) {
  const t = useTranslations('withdrawals');
  const reasonWord = useReasonWord();
  const reasonText = useReasonText();
  const systemWord = (reason: string) => {
    if (reason === RISK_HOLD) return t('holdReason.risk');
    const wait = `waitReason.${reason}` as 'waitReason.breaker';
    return t.has(wait) ? t(wait) : reasonText(reasonWord(reason));
  };
  const entries = withdrawal.timeline.toSorted((a, b) => b.at.localeCompare(a.at));
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t('timeline.title')}</h3>
      <ol className="flex flex-col gap-2">
        {entries.map((entry) => (
          <li key={`${entry.at} ${entry.action} ${entry.by.id}`} className="flex flex-wrap items-baseline gap-x-2">
            <Time at={entry.at} className="text-ink-3 text-sm" />
            <span>{actionWord(t, entry.action)}</span>
            <span className="text-ink-2 text-sm">
              {entry.by.type === 'system' ? t('timeline.system') : entry.by.name}
            </span>
            {entry.unlisted && <span className="text-danger text-sm">{t('timeline.unlisted')}</span>}
            {entry.reason && entry.action !== 'withdrawal.blocked' && (
              <span className="w-full text-ink-2 text-sm [overflow-wrap:anywhere]">
                {entry.by.type === 'system' ? systemWord(entry.reason) : entry.reason}
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
