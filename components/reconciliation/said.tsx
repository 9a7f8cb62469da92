'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Address } from '#components/ui/address.tsx';
import { Amount } from '#components/ui/amount.tsx';
import type { DifferenceView } from '#server/reconciliation/contract.ts';
import { useSaidWords } from './use-said-words.ts';

const IN_AMOUNTS: readonly DifferenceView['kind'][] = ['missing', 'extra', 'amount', 'fee', 'booked', 'equation'];
const DECIMAL = /^-?\d+(\.\d+)?$/;

interface SaidProps {
  readonly difference: DifferenceView;
  readonly side: 'expected' | 'observed';
}

/** What one side says: amounts to the last digit, our own codes in words. A word of the pool's stays as it is. */
export function Said({ difference, side }: SaidProps) {
  const t = useTranslations('reconciliation');
  const wordsOf = useSaidWords();
  const { kind, [side]: text } = difference;
  if (text === null) return <span className="text-ink-2">{t('columns.none')}</span>;
  if (IN_AMOUNTS.includes(kind) && DECIMAL.test(text)) return <Amount value={text} />;
  if (kind === 'address') return <Address text={text} copyLabel={t(`columns.${side}`)} />;
  const words = wordsOf(difference, side);
  if (words) return <span title={text}>{words}</span>;
  return <code className="text-sm [overflow-wrap:anywhere]">{text}</code>;
}
