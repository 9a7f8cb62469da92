import { Amount } from '#server/kernel/amount.ts';

const ASSET = /^[A-Za-z0-9._:-]{1,64}$/;

/** From this amount on two people approve. An asset that is not named always needs two. */
export type TwoPersonFrom = ReadonlyMap<string, Amount>;

/** Reads `DOGE:1000,LTC:1`. The last colon parts asset and amount, because assets on a chain are written with one. */
export function parseTwoPersonFrom(text: string): TwoPersonFrom | string {
  const thresholds = new Map<string, Amount>();
  for (const part of text.split(',').map((entry) => entry.trim())) {
    if (part === '') continue;
    const colon = part.lastIndexOf(':');
    const asset = part.slice(0, Math.max(colon, 0));
    const amount = part.slice(colon + 1);
    if (!ASSET.test(asset)) return 'every entry is written ASSET:amount, such as DOGE:1000,LTC:1';
    if (!Amount.isWireText(amount)) return `the amount of ${asset} is not a plain decimal`;
    if (thresholds.has(asset)) return `${asset} is named twice`;
    thresholds.set(asset, Amount.parse(asset, amount));
  }
  return thresholds;
}
