'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { type Adjustment, grows } from './accounts.ts';

/** What will be booked, in plain words: which figure grows, and which falls by the same. */
export function AdjustLines({ adjustment }: { readonly adjustment: Adjustment }) {
  const t = useTranslations('corrections');
  const { asset, amount } = adjustment;
  return (
    <ul className="flex flex-col gap-1">
      {(['debit', 'credit'] as const).map((side) => {
        const named = adjustment[side];
        return (
          <li key={side} className="flex flex-wrap items-center gap-x-2">
            <span className="text-ink-3">{t(side)}</span>
            <span className="font-medium [overflow-wrap:anywhere]">
              {t(`account.${named.account}`)}
              {named.of === 'member' && ` · ${named.memberId}`}
            </span>
            <span className="ml-auto inline-flex items-center gap-2">
              <AssetChip asset={asset} />
              <Amount value={amount} />
              {t(grows(named.account, side) ? 'adjust.grows' : 'adjust.falls')}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
