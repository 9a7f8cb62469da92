import type { OperatorRole } from '#server/kernel/actor.ts';
import { readCoinAddress } from '#server/risk/index.ts';
import type { Context } from './context.ts';

/** Who decides about money, or checks those who do. Support looks after withdrawals without needing where they go. */
const SEE_ADDRESSES: readonly OperatorRole[] = ['finance', 'admin', 'auditor'];

export function seesAddresses(caller: Context['caller']): boolean {
  return caller?.type !== 'operator' || SEE_ADDRESSES.includes(caller.role);
}

/** An address of the chain that members' wallets are on, in any text: also inside a provider's reply. */
const ADDRESS = /0x[0-9a-fA-F]{40}(?![0-9a-fA-F])/g;
/** What could be an address of a coin: its checksum says whether it is one. */
const COIN_ADDRESS = /(?<![A-Za-z0-9])[A-Za-z0-9]{26,90}(?![A-Za-z0-9])/g;
const SHOWN_IN_FRONT = 4;
const SHOWN_AT_THE_END = 4;
const GAP = '••••••';
const ADDRESS_CHARS_MIN = 26;
/** The contract of a token is the same for everybody and no secret; members are found by their ids, whatever these look like. */
const PUBLIC = new Set(['contract', 'memberId']);
/** What stands there is an address, in a form that we know or not. */
const PLACE = 'address';
/** The company's account at an exchange, which is how the pool pays: an e-mail address, and no member's. */
const isAccount = (text: string): boolean => text.includes('@');

/** The same answer with every address cut down to its ends. What is cut is not in it any more. */
export function maskAddresses(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value);
  if (Array.isArray(value)) return value.map(maskAddresses);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [maskText(name), PUBLIC.has(name) ? inner : maskField(name, inner)]),
  );
}

function maskField(name: string, inner: unknown): unknown {
  const masked = maskAddresses(inner);
  if (name !== PLACE || typeof masked !== 'string' || masked !== inner) return masked;
  return isAccount(masked) ? masked : ends(masked);
}

const maskText = (text: string): string =>
  text.replace(ADDRESS, ends).replace(COIN_ADDRESS, (word) => (readCoinAddress(word) ? ends(word) : word));

/** What is shorter than any address shows nothing of itself. */
const ends = (address: string): string =>
  address.length < ADDRESS_CHARS_MIN
    ? GAP
    : `${address.slice(0, SHOWN_IN_FRONT)}${GAP}${address.slice(-SHOWN_AT_THE_END)}`;
