import { splitAmount } from './amount-text.ts';
import { cx } from './class-names.ts';

/** Room for the decimals of a column, so that the points stand under each other. */
const DECIMALS_WIDTH = [
  'w-0',
  'w-[1.6ch]',
  'w-[2.6ch]',
  'w-[3.6ch]',
  'w-[4.6ch]',
  'w-[5.6ch]',
  'w-[6.6ch]',
  'w-[7.6ch]',
  'w-[8.6ch]',
  'w-[9.6ch]',
  'w-[10.6ch]',
  'w-[11.6ch]',
  'w-[12.6ch]',
  'w-[13.6ch]',
  'w-[14.6ch]',
  'w-[15.6ch]',
  'w-[16.6ch]',
  'w-[17.6ch]',
  'w-[18.6ch]',
];

interface AmountProps {
  readonly value: string;
  /** How many decimals the longest amount of this column has; absent where the amount stands alone. */
  readonly decimals?: number;
}

export function Amount({ value, decimals }: AmountProps) {
  const { sign, whole, fraction } = splitAmount(value);
  if (decimals === undefined) {
    return (
      <data value={value}>
        {sign}
        {whole}
        {fraction}
      </data>
    );
  }
  return (
    <data value={value} className="inline-flex justify-end whitespace-nowrap">
      <span>
        {sign}
        {whole}
      </span>
      <span className={cx('decimals text-start', DECIMALS_WIDTH[decimals])}>{fraction}</span>
    </data>
  );
}
