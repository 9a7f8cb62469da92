'use client';

import { ShieldAlert } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { formatAmount } from '#components/ui/amount-text.ts';
import { Notice } from '#components/ui/badge.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import type { PolicyProposalView } from '#server/policies/contract.ts';

/** Where a change asks for less than the rules before it, and what follows from that. */
export function Loosened({ loosenings }: Pick<PolicyProposalView, 'loosenings'>) {
  const t = useTranslations('policies');
  const symbolOf = useAssetSymbol();
  if (loosenings.length === 0) return null;
  const words = loosenings.map((each) => {
    if (each.what !== 'approvals') return t(`loosens.${each.what}`);
    const asset = each.asset === null ? t('loosens.otherAssets') : symbolOf(each.asset);
    if (each.value !== null) return t('loosens.value', { asset, value: formatAmount(each.value) });
    return t('loosens.amount', { asset, amount: formatAmount(each.from) });
  });
  return (
    <Notice tone="warning" icon={ShieldAlert}>
      <p className="font-medium">{t('loosens.title')}</p>
      <ul className="list-disc pl-5">
        {[...new Set(words)].map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Notice>
  );
}
