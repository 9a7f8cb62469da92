'use client';

import { Facts } from '#components/evidence/part.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { ZonedTime } from '#components/ui/time.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import type { DifferenceView } from '#server/reconciliation/contract.ts';
import { DifferenceCandidates } from './difference-candidates.tsx';
import { Said } from './said.tsx';

/** What differs, to the last digit, and what could explain it. */
export function DifferenceFacts({ difference }: { readonly difference: DifferenceView }) {
  const t = useTranslations('reconciliation');
  const symbolOf = useAssetSymbol();
  const { asset, day, kind, reference, foundAt, note } = difference;
  return (
    <>
      <p className="font-medium">
        <span title={asset}>{symbolOf(asset)}</span> · {day} · {t(`kind.${kind}`)}
      </p>
      <Facts
        rows={[
          [t('columns.expected'), <Said key="expected" difference={difference} side="expected" />],
          [t('columns.observed'), <Said key="observed" difference={difference} side="observed" />],
          reference === null ? null : [t('columns.reference'), <code key="reference">{reference}</code>],
          [t('columns.foundAt'), <ZonedTime key="at" at={foundAt} />],
          note === null ? null : [t('explain.note'), note],
        ]}
      />
      <DifferenceCandidates id={difference.id} />
    </>
  );
}
