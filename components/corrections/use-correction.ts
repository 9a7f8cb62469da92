'use client';

import { useBooksProposal } from '#components/dual/use-books-proposal.ts';
import { useTranslations } from '#components/i18n/words.tsx';

/** What became of a `gone` one stands in the statement. */
export type CorrectionOutcome = 'proposed' | 'reversed' | 'taken_back' | 'gone';

/** Puts a credit right. */
export function useCorrection(onOutcome: (outcome: CorrectionOutcome) => void) {
  const t = useTranslations('corrections');
  return useBooksProposal<CorrectionOutcome>({ says: (outcome) => t(`done.${outcome}`), onOutcome });
}
