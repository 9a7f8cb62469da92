'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { formatAmount } from '#components/ui/amount-text.ts';
import type { Bar } from './bars.ts';

const STEP = 100;
const BAR_WIDTH = 72;

interface ProfitProps {
  readonly asset: string;
  readonly bars: readonly Bar[];
}

/** One bar a day. The table beside it holds the same figures for whoever cannot read bars. */
export function ProfitChart({ asset, bars }: ProfitProps) {
  const t = useTranslations('mining');
  const [first, last] = [bars[0], bars.at(-1)];
  const highest = bars.find(({ height }) => height === '1000');
  return (
    <figure className="m-0 rounded-card border border-rule bg-surface p-4">
      <svg
        role="img"
        aria-label={t('profit.chart', { asset, from: first?.date ?? '', to: last?.date ?? '' })}
        viewBox={`0 0 ${bars.length * STEP} 1000`}
        preserveAspectRatio="none"
        className="block h-48 w-full fill-chart"
      >
        {bars.map((bar, index) => (
          <rect key={bar.date} x={index * STEP} y={bar.top} width={BAR_WIDTH} height={bar.height}>
            <title>{`${bar.date} · ${bar.total === null ? '-' : formatAmount(bar.total)} ${asset}`}</title>
          </rect>
        ))}
      </svg>
      <div className="mt-1 flex justify-between border-control border-t pt-1 text-ink-3 text-sm">
        <span>{first?.date}</span>
        <span>{last?.date}</span>
      </div>
      <figcaption className="mt-2 text-ink-2 text-sm">
        {highest?.total
          ? t('profit.highest', { date: highest.date, amount: formatAmount(highest.total), asset })
          : t('profit.nothing', { asset })}
      </figcaption>
    </figure>
  );
}
