'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './class-names.ts';
import { useAssetSymbol } from './use-asset-symbol.ts';

interface ChoiceChipProps {
  readonly chosen: boolean;
  readonly count?: string | null;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

/** One of a few views; the chosen one is pressed. */
export function ChoiceChip({ chosen, count, onChoose, children }: ChoiceChipProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={cx(
        'inline-flex min-h-8 items-center gap-2 rounded-full border px-3 text-base pointer-coarse:min-h-11',
        chosen ? 'border-ink bg-ink font-medium text-surface' : 'border-control bg-surface text-ink-2 hover:text-ink',
      )}
    >
      {children}
      {count !== undefined && count !== null && <span className="text-sm">{count}</span>}
    </button>
  );
}

interface RemovableChipProps {
  readonly label: string;
  readonly removeLabel: string;
  readonly onRemove: () => void;
}

export function RemovableChip({ label, removeLabel, onRemove }: RemovableChipProps) {
  return (
    <span className="inline-flex min-h-8 items-center gap-1 rounded-full border border-rule bg-surface pl-3 text-sm">
      {label}
      <button
        type="button"
        aria-label={removeLabel}
        onClick={onRemove}
        className="inline-flex size-8 items-center justify-center rounded-full text-ink-2 hover:text-ink pointer-coarse:size-11"
      >
        <X aria-hidden size={14} />
      </button>
    </span>
  );
}

/** The asset a figure or an address belongs to; never apart from it. A token's whole contract is behind its symbol. */
export function AssetChip({ asset }: { readonly asset: string }) {
  const symbolOf = useAssetSymbol();
  return (
    <span
      title={asset}
      className="inline-flex rounded-control border border-rule bg-ground px-1.5 py-px font-medium text-ink text-xs"
    >
      {symbolOf(asset)}
    </span>
  );
}
