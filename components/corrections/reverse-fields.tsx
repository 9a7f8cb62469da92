'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { AmountField } from '#components/ui/amount-field.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { TextField } from '#components/ui/field.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import { LEDGER_SCALE } from '#server/kernel/scale.ts';
import type { Reversal, ReverseProblems } from './reversal.ts';

interface ReverseFieldsProps {
  readonly asset: string;
  /** What the credit gave: all of it is suggested. */
  readonly given: string;
  readonly problems: ReverseProblems;
}

export function ReverseFields({ asset, given, problems }: ReverseFieldsProps) {
  const t = useTranslations('corrections');
  const symbolOf = useAssetSymbol();
  return (
    <>
      <AmountField
        label={t('reverse.amount')}
        hint={t('reverse.amountHint')}
        name="amount"
        required
        unit={symbolOf(asset)}
        scale={LEDGER_SCALE}
        defaultValue={given}
        problem={problems.amount ? t(`problem.${problems.amount}`) : null}
      />
      <TextField
        label={t('reverse.reference')}
        hint={t('reverse.referenceHint')}
        name="reference"
        charsMax={128}
        required
        problem={problems.reference ? t('reverse.referenceProblem') : null}
      />
    </>
  );
}

/** What would be taken back, and under which name. */
export function ReversalLine({ asset, reversal }: { readonly asset: string; readonly reversal: Reversal }) {
  const t = useTranslations('corrections');
  return (
    <p className="flex flex-wrap items-center gap-2">
      {t('reverse.name')} <AssetChip asset={asset} /> <Amount value={reversal.amount} />
      <code className="[overflow-wrap:anywhere]">{reversal.reference}</code>
    </p>
  );
}
