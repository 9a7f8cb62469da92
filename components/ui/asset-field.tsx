'use client';

import type { AssetView } from '#server/assets/contract.ts';
import { SelectField } from './field.tsx';

interface AssetFieldProps {
  readonly label: string;
  /** What stands there while nothing is chosen. */
  readonly choose: string;
  readonly assets: readonly AssetView[];
  readonly value: string;
  readonly onChoose: (asset: string) => void;
  readonly problem: string | null;
}

/** One of these assets, by its symbol; the form has its code as `asset`. */
export function AssetField({ label, choose, assets, value, onChoose, problem }: AssetFieldProps) {
  return (
    <SelectField
      label={label}
      name="asset"
      required
      value={value}
      onChange={({ target }) => onChoose(target.value)}
      problem={problem}
    >
      <option value="">{choose}</option>
      {assets.map(({ asset, symbol }) => (
        <option key={asset} value={asset}>
          {symbol}
        </option>
      ))}
    </SelectField>
  );
}
