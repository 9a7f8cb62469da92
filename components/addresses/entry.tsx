'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Address } from '#components/ui/address.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import type { Proposed } from './proposed.ts';

/** An address is never shown without its asset: several coins write theirs alike. */
export function Entry({ asset, address }: Pick<Proposed, 'asset' | 'address'>) {
  const t = useTranslations('addresses');
  const symbolOf = useAssetSymbol();
  return (
    <span className="flex items-start gap-2">
      <span className="mt-1.5">
        <AssetChip asset={symbolOf(asset)} />
      </span>
      <Address text={address} copyLabel={t('columns.address')} />
    </span>
  );
}
