'use client';

import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { AmountField } from '#components/ui/amount-field.tsx';
import { AssetField } from '#components/ui/asset-field.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import type { AssetView } from '#server/assets/contract.ts';
import { LEDGER_SCALE } from '#server/kernel/scale.ts';
import { type AccountName, accountsOf, grows, isOfMember } from './accounts.ts';
import type { AdjustmentProblems } from './adjustment.ts';

interface AdjustFieldsProps {
  readonly assets: readonly AssetView[];
  /** The incident's, where it has them. */
  readonly suggested: { readonly asset: string | null; readonly amount: string | null };
  readonly problems: AdjustmentProblems;
}

/** Which figure is put right, by how much, and against which other. */
export function AdjustFields({ assets, suggested, problems }: AdjustFieldsProps) {
  const t = useTranslations('corrections');
  const [asset, setAsset] = useState(suggested.asset ?? '');
  const [sides, setSides] = useState<Readonly<Record<'debit' | 'credit', string>>>({ debit: '', credit: '' });
  const chosen = assets.find((each) => each.asset === asset);
  const accounts = chosen ? accountsOf(chosen.chain) : [];
  const problem = (name: keyof AdjustmentProblems) => {
    const code = problems[name];
    return code ? t(`problem.${code}`) : null;
  };
  return (
    <>
      <AssetField
        label={t('asset')}
        choose={t('choose')}
        assets={assets}
        value={asset}
        onChoose={setAsset}
        problem={problem('asset')}
      />
      <AmountField
        label={t('amount')}
        name="amount"
        required
        unit={chosen?.symbol}
        scale={LEDGER_SCALE}
        defaultValue={suggested.amount ?? ''}
        problem={problem('amount')}
      />
      {(['debit', 'credit'] as const).map((side) => (
        <SelectField
          key={side}
          label={t(side)}
          hint={hintOf(accounts.find((each) => each === sides[side]))(side)}
          name={side}
          required
          value={sides[side]}
          onChange={({ target }) => setSides({ ...sides, [side]: target.value })}
          problem={problem(side)}
        >
          <option value="">{t(chosen ? 'choose' : 'adjust.assetFirst')}</option>
          {accounts.map((account) => (
            <option key={account} value={account}>
              {t(`account.${account}`)}
            </option>
          ))}
        </SelectField>
      ))}
      {Object.values(sides).some(isOfMember) && (
        <TextField label={t('member')} name="memberId" charsMax={64} required problem={problem('memberId')} />
      )}
    </>
  );

  function hintOf(account: AccountName | undefined) {
    return (side: 'debit' | 'credit') =>
      account && t(grows(account, side) ? 'adjust.willGrow' : 'adjust.willFall', { account: t(`account.${account}`) });
  }
}
