import { Amount } from '#server/kernel/amount.ts';
import { COINS } from './coins.ts';

export const DAY_MS = 86_400_000;
const HASH_RATE_MHS = '8348.6';

export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
export const startOf = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);
/** The day that was cut at the last 00:00 UTC: the newest one with data. */
export const newestClosedDay = (nowMs: number): string => dayOf(nowMs - DAY_MS);

/** The same figures for the same day, whoever asks and whenever. */
export function profitOf(coin: string, day: string): { total: Amount; price: Amount } {
  const { dailyYield = '0', price = '0' } = COINS[coin] ?? {};
  return {
    total: spread(Amount.fromDecimal(coin, dailyYield), `${coin} yield ${day}`),
    price: spread(Amount.fromDecimal('USD', price), `${coin} price ${day}`),
  };
}

export function profitReply(day: string, share: string | null) {
  const profit = Object.keys(COINS).map((coin) => {
    const { total, price } = profitOf(coin, day);
    const shown = share === null ? total : perMegahash(total, share);
    return [coin, { total: shown.toString(), price: price.toString() }];
  });
  return { date: day, profit: Object.fromEntries(profit) };
}

export function hashRateReply(day: string) {
  const hashRate = spread(Amount.fromDecimal('MHS', HASH_RATE_MHS), `rate ${day}`);
  return {
    date: day,
    hashRate: `${hashRate}`,
    hashRateMega: perMegahash(hashRate, `${hashRate}`).toString(),
    ...quality(day),
  };
}

export function recentHashRateReply(nowMs: number, perMega: boolean) {
  const rate = (window: string): string => {
    const exact = spread(Amount.fromDecimal('MHS', perMega ? '1' : HASH_RATE_MHS), `rate ${window} ${dayOf(nowMs)}`);
    return exact.toString();
  };
  return {
    timestamp: nowMs,
    hashRate24h: rate('24h'),
    hashRate1h: rate('1h'),
    hashRate10m: rate('10m'),
    ...quality(dayOf(nowMs)),
  };
}

function quality(day: string) {
  const reject = spread(Amount.fromDecimal('%', '0.9'), `reject ${day}`);
  return { efficiency: Amount.fromDecimal('%', '100').minus(reject).toString(), reject: reject.toString() };
}

/** Within 15 % of a figure, decided by the text alone, with at most 12 decimals. */
function spread(base: Amount, text: string): Amount {
  const perTenThousand = 8500n + (hash(text) % 3001n);
  return roundedTo12(base.asset, (base.units * perTenThousand) / 10_000n);
}

function perMegahash(total: Amount, megahashes: string): Amount {
  const divisor = Amount.fromDecimal('MHS', megahashes).units;
  return roundedTo12(total.asset, (total.units * 10n ** 18n) / divisor);
}

function roundedTo12(asset: string, units: bigint): Amount {
  const trillionths = (units / 10n ** 6n).toString().padStart(13, '0');
  return Amount.fromDecimal(asset, `${trillionths.slice(0, -12)}.${trillionths.slice(-12)}`);
}

/** FNV-1a, 64 bits. */
function hash(text: string): bigint {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    value = ((value ^ BigInt(byte)) * 0x100000001b3n) & (2n ** 64n - 1n);
  return value;
}
