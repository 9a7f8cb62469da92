import { useTranslations } from '#components/i18n/words.tsx';
import type { Failure } from '#components/trpc/failure.ts';
import { minutesUntil } from '#components/trpc/retry-at.ts';

/** Why a code was not taken, for the field it was typed into. */
export function useRefusalText(): (failure: Failure) => string {
  const t = useTranslations('secondFactor');
  const tErrors = useTranslations('errors');
  return ({ code, detail }) => {
    if (code === 'network') return tErrors('network');
    const minutes = minutesUntil(detail['retryAt']);
    if (code === 'rate.limited') return t('tooMany', { minutes });
    return tErrors(code === 'input.invalid' ? 'second_factor.wrong_code' : code);
  };
}
