import { LEDGER_SCALE } from '#server/kernel/scale.ts';

export interface DayTotal {
  readonly date: string;
  /** Decimal text, or null for a day without a figure. */
  readonly total: string | null;
}

/** A bar of a chart 100 high: the position and height are text, reckoned in whole units and never in floats. */
export interface Bar {
  readonly date: string;
  readonly total: string | null;
  readonly height: string;
  readonly top: string;
}

const CHART_HEIGHT = 1_000n;

export function barsOf(days: readonly DayTotal[]): readonly Bar[] {
  const units = days.map(({ total }) => unitsOf(total ?? '0'));
  const largest = units.reduce(larger, 1n);
  return days.map(({ date, total }, index) => {
    const height = ((units[index] ?? 0n) * CHART_HEIGHT) / largest;
    return { date, total, height: `${height}`, top: `${CHART_HEIGHT - height}` };
  });
}

/** The days up to the last one with a figure; those without one leave a gap, also at the beginning. */
export function lastDays(
  rows: readonly { readonly date: string; readonly total: string }[],
  count: number,
): readonly DayTotal[] {
  const totals = new Map(rows.map(({ date, total }) => [date, total]));
  const last = [...totals.keys()].sort().at(-1);
  if (!last) return [];
  return Array.from({ length: count }, (_, index) => {
    const date = dayBefore(last, count - 1 - index);
    return { date, total: totals.get(date) ?? null };
  });
}

// `Math.max` takes no bigint.
const larger = (one: bigint, other: bigint): bigint => {
  if (one > other) return one;
  return other;
};

function dayBefore(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - days);
  return day.toISOString().slice(0, 10);
}

function unitsOf(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(LEDGER_SCALE, '0'));
}
