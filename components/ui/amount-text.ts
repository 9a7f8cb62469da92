/** An amount cut into what is lined up. All of it is text: a JS number would lose digits. */
export interface AmountParts {
  readonly sign: '' | '−';
  /** Whole digits in groups of three. */
  readonly whole: string;
  /** With its point, exactly as many digits as the amount has; empty for a whole amount. */
  readonly fraction: string;
}

export function splitAmount(text: string): AmountParts {
  const negative = text.startsWith('-');
  const [whole = '0', fraction] = (negative ? text.slice(1) : text).split('.');
  return { sign: negative ? '−' : '', whole: groupThousands(whole), fraction: fraction ? `.${fraction}` : '' };
}

/** The amount on one line, as people read it. */
export function formatAmount(text: string): string {
  const { sign, whole, fraction } = splitAmount(text);
  return `${sign}${whole}${fraction}`;
}

/** How many decimals the longest of these has: a column is lined up on it. */
export function decimalsOf(texts: readonly (string | null)[]): number {
  return texts.reduce((most, text) => Math.max(most, text?.split('.')[1]?.length ?? 0), 0);
}

export type TypedAmount =
  | { readonly text: string }
  | { readonly problem: 'empty' | 'malformed' | 'zero' | 'too_precise' | 'too_large' };

const WHOLE_DIGITS_MAX = 20;

/** Digits, or groups of three from the left as we show them ourselves, and decimals after a point. */
const TYPED = /^(\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d*))?$/;

/**
 * What a person typed, turned into the one spelling the wire knows: no grouping, no needless zeros.
 *
 * A comma that does not group thousands is refused and never dropped: half the world writes `0,5` for a half, and
 * dropping it would make five of it.
 */
export function readTypedAmount(typed: string, scale: number): TypedAmount {
  const written = typed.trim();
  if (written === '') return { problem: 'empty' };
  const match = TYPED.exec(written);
  if (!match) return { problem: 'malformed' };
  const whole = (match[1] ?? '').replaceAll(',', '').replace(/^0+(?=\d)/, '');
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > scale) return { problem: 'too_precise' };
  if (whole.length > WHOLE_DIGITS_MAX) return { problem: 'too_large' };
  const text = fraction ? `${whole}.${fraction}` : whole;
  return text === '0' ? { problem: 'zero' } : { text };
}

function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, ',');
}
