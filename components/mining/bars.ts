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
const DECIMALS = 18;

export function barsOf(days: readonly DayTotal[]): readonly Bar[] {
  const units = days.map(({ total }) => unitsOf(total ?? '0'));
  const largest = units.reduce(larger, 1n);
  return days.map(({ date, total }, index) => {
    const height = ((units[index] ?? 0n) * CHART_HEIGHT) / largest;
    return { date, total, height: `${height}`, top: `${CHART_HEIGHT - height}` };
  });
}

/** Every day between the first and the last, so that a day without a figure leaves a gap instead of closing up. */
export function everyDay(rows: readonly { readonly date: string; readonly total: string }[]): readonly DayTotal[] {
  const totals = new Map(rows.map(({ date, total }) => [date, total]));
  const dates = [...totals.keys()].sort();
  const last = dates.at(-1);
  const days: DayTotal[] = [];
  for (let date = dates[0]; date && last && date <= last; date = dayAfter(date)) {
    days.push({ date, total: totals.get(date) ?? null });
  }
  return days;
}

// `Math.max` takes no bigint.
const larger = (one: bigint, other: bigint): bigint => {
  if (one > other) return one;
  return other;
};

function dayAfter(date: string): string {
  const next = new Date(`${date}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}

function unitsOf(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(DECIMALS, '0'));
}
