import { encode } from 'uqr';

export interface QrCode {
  /** Modules on each side, with a quiet border. */
  readonly size: number;
  /** The dark modules as the path of an SVG of this size. */
  readonly path: string;
}

export function qrCodeOf(text: string): QrCode {
  const { size, data } = encode(text, { ecc: 'M', border: 2 });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: squares.join('') };
}
