'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';

/** The amount as the hero, with its asset; copying gives the raw text. */
export function OrderAmount({ asset, amount }: { readonly asset: string; readonly amount: string }) {
  const t = useTranslations('withdrawals');
  return (
    <p className="flex flex-wrap items-center gap-2">
      <AssetChip asset={asset} />
      <span className="font-semibold text-2xl [overflow-wrap:anywhere]">
        <Amount value={amount} />
      </span>
      <CopyButton text={amount} label={t('columns.amount')} />
    </p>
  );
}
