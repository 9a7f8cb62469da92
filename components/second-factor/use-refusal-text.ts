import { useTranslations } from '#components/i18n/words.tsx';
import type { Failure } from '#components/trpc/failure.ts';

/** Why a code was not taken, for the field it was typed into. */
export function useRefusalText(): (failure: Failure) => string {
  const tErrors = useTranslations('errors');
  return ({ code }) => {
    if (code === 'network') return tErrors('network');
    return tErrors(code === 'input.invalid' ? 'second_factor.wrong_code' : code);
  };
}
