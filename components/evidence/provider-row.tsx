'use client';

import type { ReactNode } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Address } from '#components/ui/address.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Candidate } from './candidates.ts';

interface ProviderRowProps {
  readonly row: Omit<Candidate, 'evidenceId'>;
  /** What may be done with it, or what it is taken for. */
  readonly children?: ReactNode;
}

/** One row of the provider's list, as it stands there. */
export function ProviderRow({ row, children }: ProviderRowProps) {
  const t = useTranslations('evidence');
  return (
    <li className="flex flex-col gap-2 rounded-control border border-rule p-3">
      <span className="flex flex-wrap items-center gap-2">
        <AssetChip asset={row.asset} />
        <Amount value={row.amount} />
        {row.fee && (
          <span className="text-ink-2 text-sm">
            {t('rows.fee')} <Amount value={row.fee} />
          </span>
        )}
        <code className="text-sm">{row.status}</code>
      </span>
      <span className="flex flex-wrap items-center gap-x-2 text-ink-2 text-sm">
        <span className="inline-flex min-w-0 flex-wrap items-center gap-x-1">
          {t('rows.reference')} <code className="[overflow-wrap:anywhere]">{row.reference}</code>
          <CopyButton text={row.reference} label={t('rows.reference')} />
        </span>
        {row.madeAt && <Time at={row.madeAt} />}
      </span>
      {row.address && <Address text={row.address} copyLabel={t('asked.to')} />}
      {children}
    </li>
  );
}
