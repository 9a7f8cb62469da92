'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import type { DifferenceView } from '#server/reconciliation/contract.ts';

/** Our own codes in a difference as the other screens call them; null for everything else. */
export function useSaidWords(): (difference: DifferenceView, side: 'expected' | 'observed') => string | null {
  const tEvidence = useTranslations('evidence');
  const tWithdrawals = useTranslations('withdrawals');
  const tBalances = useTranslations('balances');
  const listed = (status: string) => {
    const word = `listed.${status}` as 'listed.completed';
    return tEvidence.has(word) ? tEvidence(word) : null;
  };
  const stands = (status: string) => {
    const word = `status.${status}` as 'status.pending';
    return tWithdrawals.has(word) ? tWithdrawals(word) : listed(status);
  };
  const posting = (kind: string) => {
    const word = `kind.${kind}` as 'kind.SETTLE';
    return tBalances.has(word) ? tBalances(word) : kind;
  };
  return ({ kind, ...said }, side) => {
    const text = said[side];
    if (text === null) return null;
    if (kind === 'withdrawal') return stands(text);
    if (kind === 'postings') return text.split(', ').map(posting).join(', ');
    return kind === 'status' && side === 'expected' ? listed(text) : null;
  };
}
