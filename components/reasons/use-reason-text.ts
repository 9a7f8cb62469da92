import { useTranslations } from '#components/i18n/words.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import type ko from '#messages/ko.json';
import { breakerReason } from './breaker-reason.ts';

type Known = keyof typeof ko.reasons;

/** Why, in words where there are some; else as it was written, by a person or by a provider. */
export function useReasonText(): (reason: string) => string {
  const t = useTranslations('reasons');
  const symbolOf = useAssetSymbol();
  return (reason) => {
    const breaker = breakerReason(reason, symbolOf);
    if (breaker) return t(breaker.why, { seen: breaker.seen });
    const known = reason as Known;
    return /^\w+$/.test(reason) && t.has(known) ? t(known) : reason;
  };
}
