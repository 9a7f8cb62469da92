/** Decimals the pool has ever used. Finer amounts are refused here, never rounded. */
const POOL_DECIMALS_MAX = 12;
const AMOUNT = /^(?:0|[1-9]\d{0,19})(?:\.(\d*[1-9]))?$/;
const COIN = /^[A-Za-z0-9]{1,32}$/;

/** Why an order must not be sent, or null. */
export function invalidAmount(amount: string): string | null {
  const match = AMOUNT.exec(amount);
  if (!match || amount === '0') return 'amount_invalid';
  return (match[1]?.length ?? 0) > POOL_DECIMALS_MAX ? 'amount_too_precise' : null;
}

export function isCoin(symbol: string): boolean {
  return COIN.test(symbol);
}
