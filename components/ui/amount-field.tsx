'use client';

import { type ComponentProps, useState } from 'react';
import { formatAmount, readTypedAmount } from './amount-text.ts';
import { TextField } from './field.tsx';

interface AmountFieldProps extends Omit<ComponentProps<typeof TextField>, 'value' | 'onChange' | 'inputMode'> {
  /** Of the asset, as people call it; absent while none is chosen. */
  readonly unit: string | undefined;
  readonly scale: number;
  readonly defaultValue?: string;
}

/** What was typed, and below it what it is read as, before anything is sent: a comma may mean two things. */
export function AmountField({ unit, scale, defaultValue = '', ...rest }: AmountFieldProps) {
  const [typed, setTyped] = useState(defaultValue);
  const amount = readTypedAmount(typed, scale);
  return (
    <div className="flex flex-col gap-1">
      <TextField
        {...rest}
        inputMode="decimal"
        className="text-end"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      {unit && 'text' in amount && (
        <output className="rounded-control bg-ground px-3 py-2 text-end tabular-nums [overflow-wrap:anywhere]">
          <data value={amount.text}>{formatAmount(amount.text)}</data> {unit}
        </output>
      )}
    </div>
  );
}
