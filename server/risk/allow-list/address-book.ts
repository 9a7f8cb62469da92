import { DomainError } from '#server/kernel/errors.ts';
import { readCoinAddress } from '../addresses/coin-addresses.ts';

/** An account at an exchange, which is how the pool pays the company. */
const ACCOUNT = /^[^\s@]{1,64}@[^\s@]{1,190}$/;

/** An address as its asset's chain spells it. */
export interface ReadAddress {
  readonly address: string;
  /** Other coins that would take the very same address. */
  readonly alsoOf: readonly string[];
}

/** Reads addresses of every asset: the chain's by its own rule, the coins' by their version bytes. */
export class AddressBook {
  readonly #chainAddress: (text: string) => string;

  /** `chainAddress` answers with the checksum spelling, or throws `address.invalid`. */
  constructor(deps: { chainAddress: (text: string) => string }) {
    this.#chainAddress = deps.chainAddress;
  }

  /** Error: `address.invalid`, with the coins that it is an address of, if there are any. */
  read({ asset, chain }: { readonly asset: string; readonly chain: 'hashdam' | 'bsc' }, text: string): ReadAddress {
    if (chain === 'bsc') return { address: this.#chainAddress(text), alsoOf: [] };
    if (ACCOUNT.test(text)) return { address: text, alsoOf: [] };
    const read = readCoinAddress(text);
    if (read?.coins.includes(asset)) {
      return { address: read.canonical, alsoOf: read.coins.filter((coin) => coin !== asset) };
    }
    const detail = { address: text, asset, coins: read?.coins.join(', ') ?? null };
    throw new DomainError('address.invalid', `this is not an address of ${asset}`, { detail });
  }
}
