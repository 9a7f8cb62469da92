import { LEDGER_SCALE } from './scale.ts';

const UNIT = 10n ** BigInt(LEDGER_SCALE);
/** 38 digits in all, 18 of them decimals. */
const UNITS_MAX = 10n ** 38n - 1n;

const WIRE_TEXT = /^(?:0|[1-9]\d*)(?:\.(\d*[1-9]))?$/;
const NUMERIC_TEXT = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * An exact amount of one asset, kept as a whole number of 10^-18 units. Immutable.
 *
 * On the wire it is text without sign or exponent: `0`, or digits without leading zeros and an optional fraction
 * without trailing zeros. It never passes through a JS number.
 */
export class Amount {
  readonly asset: string;
  readonly units: bigint;

  private constructor(asset: string, units: bigint) {
    if (units > UNITS_MAX || units < -UNITS_MAX) throw new RangeError(`amount of ${asset} exceeds numeric(38,18)`);
    this.asset = asset;
    this.units = units;
  }

  static isWireText(text: string): boolean {
    const match = typeof text === 'string' ? WIRE_TEXT.exec(text) : null;
    if (!match) return false;
    const [whole = ''] = text.split('.');
    return whole.length <= 20 && (match[1]?.length ?? 0) <= LEDGER_SCALE;
  }

  /** From wire text. Throws `RangeError` on anything that is not canonical. */
  static parse(asset: string, text: string): Amount {
    if (!Amount.isWireText(text)) throw new RangeError(`not an amount: ${shown(text)}`);
    return Amount.fromDecimal(asset, text);
  }

  /** From any plain decimal text, such as a `numeric` column or a provider's `"100.0"`. At most 18 decimals that matter. */
  static fromDecimal(asset: string, text: string): Amount {
    // A JS number would be read as its text: by then its digits are lost.
    const match = typeof text === 'string' ? NUMERIC_TEXT.exec(text) : null;
    if (!match) throw new RangeError(`not a decimal: ${shown(text)}`);
    const [, sign = '', whole = '0', fraction = ''] = match;
    const significant = fraction.replace(/0+$/, '');
    if (significant.length > LEDGER_SCALE) throw new RangeError(`more than ${LEDGER_SCALE} decimals`);
    const units = BigInt(whole) * UNIT + BigInt(significant.padEnd(LEDGER_SCALE, '0'));
    return new Amount(asset, sign === '-' ? -units : units);
  }

  static zero(asset: string): Amount {
    return new Amount(asset, 0n);
  }

  static sum(asset: string, amounts: Iterable<Amount>): Amount {
    let total = Amount.zero(asset);
    for (const amount of amounts) total = total.plus(amount);
    return total;
  }

  plus(other: Amount): Amount {
    this.#sameAsset(other);
    return new Amount(this.asset, this.units + other.units);
  }

  minus(other: Amount): Amount {
    this.#sameAsset(other);
    return new Amount(this.asset, this.units - other.units);
  }

  negated(): Amount {
    return new Amount(this.asset, -this.units);
  }

  equals(other: Amount): boolean {
    return this.asset === other.asset && this.units === other.units;
  }

  isLessThan(other: Amount): boolean {
    this.#sameAsset(other);
    return this.units < other.units;
  }

  isZero(): boolean {
    return this.units === 0n;
  }

  isPositive(): boolean {
    return this.units > 0n;
  }

  isNegative(): boolean {
    return this.units < 0n;
  }

  /** How many decimals it takes to write this amount exactly. */
  get scale(): number {
    return this.toString().split('.')[1]?.length ?? 0;
  }

  /** Canonical text. Only a ledger entry can be negative; such an amount never goes on the wire as an `Amount`. */
  toString(): string {
    const magnitude = this.units < 0n ? -this.units : this.units;
    const whole = magnitude / UNIT;
    const fraction = (magnitude % UNIT).toString().padStart(LEDGER_SCALE, '0').replace(/0+$/, '');
    return `${this.units < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
  }

  toJSON(): string {
    return this.toString();
  }

  #sameAsset(other: Amount): void {
    if (this.asset !== other.asset) throw new TypeError(`cannot mix ${this.asset} and ${other.asset}`);
  }
}

/** Others may write any decimal; the books hold 38 digits. Null for what cannot be booked. */
export function bookable(asset: string, text: string): Amount | null {
  try {
    return Amount.fromDecimal(asset, text);
  } catch {
    return null;
  }
}

const shown = (text: unknown): string => JSON.stringify(String(text).slice(0, 64));
