'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { Cell, RowHeader } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { StatementLine } from '#server/ledger/contract.ts';

export const STANDINGS = ['available', 'held', 'payable', 'receivable'] as const;
export type Standing = (typeof STANDINGS)[number];

interface StatementRowProps {
  readonly line: StatementLine;
  readonly shown: readonly Standing[];
  readonly decimals: number;
  readonly onOpen: (transactionId: string) => void;
}

/** What stood there afterwards, and below it by how much it changed. */
export function StatementRow({ line, shown, decimals, onOpen }: StatementRowProps) {
  const t = useTranslations('balances');
  return (
    <tr>
      <RowHeader label={t('movement')}>
        <span className="inline-flex flex-col items-start max-[480px]:items-end">
          <button
            type="button"
            onClick={() => onOpen(line.transactionId)}
            className="inline-flex min-h-8 items-center text-start text-focus underline"
          >
            {t(`kind.${line.kind}`)}
          </button>
          {line.reference && (
            <span className="font-normal text-ink-3 text-xs [overflow-wrap:anywhere]">{line.reference}</span>
          )}
        </span>
      </RowHeader>
      <Cell label={t('asset')}>
        <AssetChip asset={line.asset} />
      </Cell>
      {shown.map((each) => (
        <Cell key={each} label={t(`figure.${each}`)} numeric>
          <span className="inline-flex flex-col items-end py-1">
            <Amount value={line.after[each]} decimals={decimals} />
            {line.change[each] !== '0' && (
              <span className="inline-flex text-ink-3">
                {!line.change[each].startsWith('-') && '+'}
                <Amount value={line.change[each]} decimals={decimals} />
              </span>
            )}
          </span>
        </Cell>
      ))}
      <Cell label={t('at')} tight="first">
        <Time at={line.at} />
      </Cell>
    </tr>
  );
}
