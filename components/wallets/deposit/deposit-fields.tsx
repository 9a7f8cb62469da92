'use client';

import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { AmountField } from '#components/ui/amount-field.tsx';
import { AssetField } from '#components/ui/asset-field.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Choice, Choices } from '#components/ui/form.tsx';
import type { AssetView } from '#server/assets/contract.ts';
import { LEDGER_SCALE } from '#server/kernel/scale.ts';
import type { Deposit, DepositProblems } from './deposit.ts';

interface DepositFieldsProps {
  readonly assets: readonly AssetView[];
  readonly problems: DepositProblems;
}

export function DepositFields({ assets, problems }: DepositFieldsProps) {
  const t = useTranslations('walletDeposit');
  const tBooks = useTranslations('corrections');
  const [asset, setAsset] = useState('');
  const chosen = assets.find((each) => each.asset === asset);
  return (
    <>
      <AssetField
        label={tBooks('asset')}
        choose={tBooks('choose')}
        assets={assets}
        value={asset}
        onChoose={setAsset}
        problem={problems.asset ? tBooks(`problem.${problems.asset}`) : null}
      />
      <AmountField
        label={tBooks('amount')}
        name="amount"
        required
        unit={chosen?.symbol}
        scale={chosen?.scale ?? LEDGER_SCALE}
        problem={problems.amount ? tBooks(`problem.${problems.amount}`) : null}
      />
      <TextField
        label={t('reference')}
        hint={t('referenceHint')}
        name="reference"
        charsMax={128}
        required
        problem={problems.reference ? t('referenceProblem') : null}
      />
      <Choices legend={t('creditedTitle')} problem={null}>
        <Choice type="checkbox" name="credited">
          {t('credited')}
        </Choice>
      </Choices>
    </>
  );
}

/** What would be booked, and by which payment. */
export function DepositLine({ deposit: { asset, amount, reference, credited } }: { readonly deposit: Deposit }) {
  const t = useTranslations('walletDeposit');
  return (
    <div className="flex flex-col gap-1">
      <p className="flex flex-wrap items-center gap-2">
        <AssetChip asset={asset} /> <Amount value={amount} />
        <code className="[overflow-wrap:anywhere]">{reference}</code>
      </p>
      {credited && <p>{t('willTake')}</p>}
    </div>
  );
}
