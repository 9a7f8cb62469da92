'use client';

import type { ReactNode } from 'react';
import { RevealableAddress } from '#components/addresses/revealable-address.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';

type Order = Pick<WithdrawalView, 'id' | 'asset' | 'destination'>;

/**
 * Where it goes, whole, and welded to its asset: several coins share the form of their addresses, so that an address
 * alone does not say which coin may be sent there.
 */
export function Destination({ withdrawal, children }: { readonly withdrawal: Order; readonly children?: ReactNode }) {
  const t = useTranslations('withdrawals');
  const { id, destination, asset } = withdrawal;
  return (
    <div className="rounded-control border border-rule bg-ground px-3 py-2">
      <p className="text-ink-2 text-sm">{t(`destination.${destination.type}`)}</p>
      <div className="flex items-start gap-2">
        <span className="mt-1.5">
          <AssetChip asset={asset} />
        </span>
        <RevealableAddress
          text={destination.address}
          copyLabel={t(`destination.${destination.type}`)}
          of="withdrawal"
          id={id}
        />
      </div>
      {children}
    </div>
  );
}
