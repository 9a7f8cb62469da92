'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import type { TypedAmount } from '#components/ui/amount-text.ts';
import { SelectField, TextField } from '#components/ui/field.tsx';
import type { AssetView } from '#server/assets/contract.ts';

type AmountProblem = Extract<TypedAmount, { problem: string }>['problem'];

export interface RequestProblems {
  readonly memberId?: 'member';
  readonly asset?: 'asset';
  readonly amount?: AmountProblem;
}

interface RequestFieldsProps {
  readonly assets: readonly AssetView[];
  readonly problems: RequestProblems;
}

export function RequestFields({ assets, problems }: RequestFieldsProps) {
  const t = useTranslations('withdrawals');
  const problem = (name: keyof RequestProblems) => {
    const code = problems[name];
    return code ? t(`request.problem.${code}`) : null;
  };
  return (
    <>
      <TextField label={t('request.member')} name="memberId" maxLength={64} required problem={problem('memberId')} />
      <SelectField label={t('request.asset')} name="asset" required problem={problem('asset')} defaultValue="">
        <option value="">{t('request.chooseAsset')}</option>
        {assets.map(({ asset, symbol }) => (
          <option key={asset} value={asset}>
            {symbol}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('request.amount')}
        name="amount"
        inputMode="decimal"
        maxLength={60}
        required
        className="text-end"
        problem={problem('amount')}
      />
      <TextField label={t('request.reference')} hint={t('request.referenceHint')} name="reference" maxLength={128} />
    </>
  );
}
