'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { SelectField, TextArea, TextField } from '#components/ui/field.tsx';
import { ErrorState } from '#components/ui/states.tsx';
import { AddressCheck } from './address-check.tsx';
import type { Proposed } from './proposed.ts';

interface AddFieldsProps {
  readonly typed: Proposed;
  /** From then on a field that is empty says so. */
  readonly isTried: boolean;
  readonly onType: (typed: Proposed) => void;
}

/** What is to be listed. The address is looked at as soon as its field is left. */
export function AddFields({ typed, isTried, onType }: AddFieldsProps) {
  const t = useTranslations('addresses');
  const assets = useQuery(useTRPC().assets.list.queryOptions({}));
  const [left, setLeft] = useState('');
  const problem = (name: keyof Proposed) => (isTried && !typed[name].trim() ? t(`add.problem.${name}`) : null);
  return (
    <>
      {assets.isError && !assets.data && <ErrorState error={assets.error} onRetry={assets.refetch} />}
      <SelectField
        label={t('columns.asset')}
        required
        value={typed.asset}
        problem={problem('asset')}
        onChange={({ target }) => {
          onType({ ...typed, asset: target.value });
        }}
      >
        <option value="">{t('add.chooseAsset')}</option>
        {(assets.data?.rows ?? [])
          .filter(({ enabled }) => enabled)
          .map(({ asset, symbol }) => (
            <option key={asset} value={asset}>
              {symbol}
            </option>
          ))}
      </SelectField>
      {/* Every character is seen on a phone too: an address that runs out of its field cannot be compared. */}
      <TextArea
        label={t('columns.address')}
        required
        rows={2}
        charsMax={256}
        spellCheck={false}
        autoComplete="off"
        className="break-all font-mono text-sm"
        value={typed.address}
        problem={problem('address')}
        onChange={({ target }) => onType({ ...typed, address: target.value.replace(/\s/g, '') })}
        onBlur={() => setLeft(typed.address.trim())}
      />
      {typed.asset && left && left === typed.address.trim() && <AddressCheck asset={typed.asset} address={left} />}
      <TextField
        label={t('columns.label')}
        hint={t('add.labelHint')}
        required
        charsMax={80}
        value={typed.label}
        problem={problem('label')}
        onChange={({ target }) => onType({ ...typed, label: target.value })}
      />
    </>
  );
}
