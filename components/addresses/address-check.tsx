'use client';

import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { Address } from '#components/ui/address.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import { Entry } from './entry.tsx';
import type { Proposed } from './proposed.ts';

/** What is to be known of an address before it is listed: whether it is one, what else it could be, what it looks like. */
export function AddressCheck({ asset, address }: Pick<Proposed, 'asset' | 'address'>) {
  const t = useTranslations('addresses');
  const symbolOf = useAssetSymbol();
  const check = useQuery(useTRPC().allowList.check.queryOptions({ asset, address }, { retry: false }));
  if (check.error) return <CheckFailure error={check.error} />;
  if (!check.data) return null;
  const { alsoOf, listedFor, lookAlikes } = check.data;
  const others = listedFor.filter((each) => each !== asset);
  return (
    <>
      {check.data.address !== address && (
        <div>
          <p className="text-ink-2 text-sm">{t('check.spelled')}</p>
          <Address text={check.data.address} copyLabel={t('columns.address')} />
        </div>
      )}
      {alsoOf.length > 0 && (
        <Notice tone="warning" icon={TriangleAlert}>
          {t('check.alsoOf', { asset: symbolOf(asset), coins: alsoOf.join(', ') })}
        </Notice>
      )}
      {others.length > 0 && (
        <Notice tone="warning" icon={TriangleAlert}>
          {t('check.listedFor', { assets: others.map(symbolOf).join(', ') })}
        </Notice>
      )}
      {lookAlikes.length > 0 && (
        <Notice tone="danger" icon={TriangleAlert}>
          <p className="font-medium">{t('check.lookAlike')}</p>
          {lookAlikes.map((each) => (
            <div key={`${each.asset} ${each.address}`} className="mt-1 text-ink">
              <p className="text-sm [overflow-wrap:anywhere]">{each.label}</p>
              <Entry asset={each.asset} address={each.address} />
            </div>
          ))}
        </Notice>
      )}
    </>
  );
}

/** An address of another coin is called that; everything else speaks for itself. */
function CheckFailure({ error }: { readonly error: unknown }) {
  const t = useTranslations('addresses');
  const failure = readFailure(error);
  const coins = failure.code === 'address.invalid' ? failure.detail.coins : null;
  if (typeof coins !== 'string') return <FailureNote failure={failure} stays isHarmless />;
  return (
    <Notice tone="danger" icon={TriangleAlert}>
      {t('check.ofOther', { coins })}
    </Notice>
  );
}
