const CHARSET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const;
/** What the checksum comes to: BIP-173 for witness version 0, BIP-350 for all later ones. */
const BECH32 = 1;
const BECH32M = 0x2bc830a3;
const CHECKSUM_CHARS = 6;

/** What a segregated witness address says. */
export interface WitnessAddress {
  /** The human-readable part, which names the chain. */
  readonly chain: string;
  readonly version: number;
  readonly program: Buffer;
}

/** Reads a segregated witness address; null for whatever is none: mixed case, a wrong checksum, bits left over. */
export function readWitnessAddress(text: string): WitnessAddress | null {
  const lower = text.toLowerCase();
  if (text.length > 90 || (text !== lower && text !== text.toUpperCase())) return null;
  const separator = lower.lastIndexOf('1');
  const chain = lower.slice(0, Math.max(separator, 0));
  const values = [...lower.slice(separator + 1)].map((character) => CHARSET.indexOf(character));
  if (chain === '' || values.length <= CHECKSUM_CHARS || values.includes(-1)) return null;
  const [version = 32, ...fives] = values.slice(0, -CHECKSUM_CHARS);
  if (version > 16 || polymod([...expanded(chain), ...values]) !== (version === 0 ? BECH32 : BECH32M)) return null;
  const program = eights(fives);
  if (!program || program.length < 2 || program.length > 40) return null;
  return { chain, version, program };
}

/** The chain's name as the checksum covers it: the high bits of each character, a zero, the low bits. */
function expanded(chain: string): number[] {
  const codes = [...Buffer.from(chain, 'latin1')];
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function polymod(values: readonly number[]): number {
  let checksum = 1;
  for (const value of values) {
    const top = checksum >>> 25;
    checksum = ((checksum & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of GENERATOR.entries()) if ((top >>> bit) & 1) checksum ^= generator;
  }
  return checksum >>> 0;
}

/** Groups of five bits as bytes; what is left over must be less than a group, and zero. */
function eights(fives: readonly number[]): Buffer | null {
  const bits = fives.map((five) => five.toString(2).padStart(5, '0')).join('');
  const whole = bits.length - (bits.length % 8);
  if (bits.length - whole >= 5 || bits.slice(whole).includes('1')) return null;
  const bytes = bits.slice(0, whole).match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
