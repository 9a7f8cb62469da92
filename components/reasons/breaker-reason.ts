/** What the breaker writes when it stops sending: how many payouts failed, or which limit of an hour was reached. */
const OF_BREAKER = /^(payouts_failed|value_spent) (\S+)(?: (\S+))?$/;

interface BreakerReason {
  readonly why: 'payouts_failed' | 'value_spent';
  readonly seen: string;
}

/** Null for any other reason. The asset is called by its symbol. */
export function breakerReason(reason: string, symbolOf: (asset: string) => string): BreakerReason | null {
  const [, why, figure = '', asset] = OF_BREAKER.exec(reason) ?? [];
  if (!why) return null;
  return { why: why as BreakerReason['why'], seen: asset ? `${figure} ${symbolOf(asset)}` : figure };
}
