import { useTranslations } from '#components/i18n/words.tsx';
import type ko from '#messages/ko.json';

type Known = keyof typeof ko.reasons;

/** What the breaker writes when it stops sending. */
const PAYOUTS_FAILED = /^(\d+) of the last payouts failed$/;

/** Why, in words where there are some; else as it was written, by a person or by a provider. */
export function useReasonText(): (reason: string) => string {
  const t = useTranslations('reasons');
  return (reason) => {
    const failed = PAYOUTS_FAILED.exec(reason);
    if (failed) return t('payouts_failed', { count: failed[1] ?? '' });
    const known = reason as Known;
    return /^\w+$/.test(reason) && t.has(known) ? t(known) : reason;
  };
}
