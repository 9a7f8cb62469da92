import { isChainAddress } from '#server/config/chain-address.ts';

const AMOUNT = /^(?:0|[1-9]\d{0,19})(?:\.\d{0,17}[1-9])?$/;

/** Why an order must not be sent, or null. Zero is a matter of the caller. */
export function invalidOrder(order: {
  readonly to: string;
  readonly amount: string;
  readonly contract: string | null;
}): string | null {
  if (!isChainAddress(order.to)) return 'recipient_invalid';
  if (order.contract !== null && !isChainAddress(order.contract)) return 'contract_invalid';
  return AMOUNT.test(order.amount) ? null : 'amount_invalid';
}
