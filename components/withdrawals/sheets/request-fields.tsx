'use client';

import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { AmountField } from '#components/ui/amount-field.tsx';
import type { TypedAmount } from '#components/ui/amount-text.ts';
import { AssetField } from '#components/ui/asset-field.tsx';
import { TextField } from '#components/ui/field.tsx';
import type { AssetView } from '#server/assets/contract.ts';

type AmountProblem = Extract<TypedAmount, { problem: string }>['problem'];

export interface RequestProblems {
  readonly memberId?: 'member';
  readonly asset?: 'asset';
  readonly amount?: AmountProblem;
  readonly reference?: 'reference';
}

interface RequestFieldsProps {
  readonly assets: readonly AssetView[];
  readonly problems: RequestProblems;
}

export function RequestFields({ assets, problems }: RequestFieldsProps) {
  const t = useTranslations('withdrawals');
  const [asset, setAsset] = useState('');
  const chosen = assets.find((each) => each.asset === asset);
  const problem = (name: keyof RequestProblems) => {
    const code = problems[name];
    return code ? t(`request.problem.${code}`) : null;
  };
  return (
    <>
      <TextField label={t('request.member')} name="memberId" charsMax={64} required problem={problem('memberId')} />
      <AssetField
        label={t('request.asset')}
        choose={t('request.chooseAsset')}
        assets={assets}
        value={asset}
        onChoose={setAsset}
        problem={problem('asset')}
      />
      <AmountField
        label={t('request.amount')}
        name="amount"
        required
        unit={chosen?.symbol}
        scale={chosen?.scale ?? 0}
        problem={problem('amount')}
      />
      <TextField
        label={t('request.reference')}
        hint={t('request.referenceHint')}
        name="reference"
        charsMax={128}
        problem={problem('reference')}
      />
    </>
  );
}
