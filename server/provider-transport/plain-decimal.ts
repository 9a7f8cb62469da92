const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,2}))?$/;
const CHARS_MAX = 80;

/**
 * A provider's decimal as plain text: `"100.0"` stays, `1e-7` becomes `0.0000001`. Digits are moved, never computed.
 * Null when it is not a decimal.
 */
export function plainDecimal(text: string): string | null {
  const match = text.length <= CHARS_MAX ? DECIMAL.exec(text) : null;
  if (!match) return null;
  const [, sign = '', whole = '', fraction = '', exponent] = match;
  if (exponent === undefined) return text;
  const shift = Number.parseInt(exponent, 10);
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded = point > 0 ? digits.padEnd(point, '0') : digits.padStart(digits.length - point + 1, '0');
  const at = point > 0 ? point : 1;
  const moved = padded.slice(at);
  return `${sign}${padded.slice(0, at).replace(/^0+(?=\d)/, '')}${moved && `.${moved}`}`;
}

/** Whether two decimals are the same number, however they are written (`100` and `100.0`). */
export function sameDecimal(a: string, b: string): boolean {
  return canonicalDecimal(a) === canonicalDecimal(b);
}

/** Without exponent, leading or trailing zeros, as providers are sent it. The text must be a plain decimal. */
export function canonicalDecimal(text: string): string {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const digits = whole.replace(/^0+(?=\d)/, '');
  const rest = fraction.replace(/0+$/, '');
  const magnitude = `${digits}${rest && `.${rest}`}`;
  return text.startsWith('-') && magnitude !== '0' ? `-${magnitude}` : magnitude;
}
