import { Amount } from '#server/kernel/amount.ts';

const ASSET = /^[A-Za-z0-9._:-]{1,64}$/;

/** One amount for each asset that is named. */
export type AmountByAsset = ReadonlyMap<string, Amount>;

/** Reads `DOGE:1000,LTC:1`. The last colon parts asset and amount, because assets on a chain are written with one. */
export function parseAmountByAsset(text: string): AmountByAsset | string {
  const amounts = new Map<string, Amount>();
  for (const part of text.split(',').map((entry) => entry.trim())) {
    if (part === '') continue;
    const colon = part.lastIndexOf(':');
    const asset = part.slice(0, Math.max(colon, 0));
    const amount = part.slice(colon + 1);
    if (!ASSET.test(asset)) return 'every entry is written ASSET:amount, such as DOGE:1000,LTC:1';
    if (!Amount.isWireText(amount)) return `the amount of ${asset} is not a plain decimal`;
    if (amounts.has(asset)) return `${asset} is named twice`;
    amounts.set(asset, Amount.parse(asset, amount));
  }
  return amounts;
}
