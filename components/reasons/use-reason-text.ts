import { useTranslations } from '#components/i18n/words.tsx';
import type ko from '#messages/ko.json';

type Known = keyof typeof ko.reasons;

/** What the breaker writes when it stops sending: why, and how many or how much. */
const OF_BREAKER = /^(payouts_failed|value_spent) (.+)$/;

/** Why, in words where there are some; else as it was written, by a person or by a provider. */
export function useReasonText(): (reason: string) => string {
  const t = useTranslations('reasons');
  return (reason) => {
    const [, why, seen = ''] = OF_BREAKER.exec(reason) ?? [];
    if (why) return t(why as 'payouts_failed' | 'value_spent', { seen });
    const known = reason as Known;
    return /^\w+$/.test(reason) && t.has(known) ? t(known) : reason;
  };
}
