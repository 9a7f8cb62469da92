'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Address } from '#components/ui/address.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import type { Proposed } from './proposed.ts';

/** An address is never shown without its asset: several coins write theirs alike. */
export function Entry({ asset, address }: Pick<Proposed, 'asset' | 'address'>) {
  const t = useTranslations('addresses');
  return (
    <span className="flex items-start gap-2">
      <span className="mt-1.5">
        <AssetChip asset={asset} />
      </span>
      <Address text={address} copyLabel={t('columns.address')} />
    </span>
  );
}
