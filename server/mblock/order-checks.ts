import { isChainAddress } from '#server/config/chain-address.ts';

const AMOUNT = /^(?:0|[1-9]\d{0,19})(?:\.\d{0,17}[1-9])?$/;

interface Order {
  readonly to: string;
  readonly amount: string;
  readonly contract: string | null;
}

/** Why an order must not be sent, or null. Zero is a matter of the caller. */
export function invalidOrder(order: Order): string | null {
  if (!isChainAddress(order.to)) return 'recipient_invalid';
  if (order.contract !== null && !isChainAddress(order.contract)) return 'contract_invalid';
  return AMOUNT.test(order.amount) ? null : 'amount_invalid';
}

/** A transit moves tokens, and some: for one of BNB the vendor knows no receipt, and nothing would mean everything. */
export function invalidTransit(order: Order): string | null {
  if (order.contract === null) return 'contract_invalid';
  return order.amount === '0' ? 'amount_invalid' : invalidOrder(order);
}
