import { type BlockList, isIP } from 'node:net';
import { isWithin } from '#server/config/networks.ts';

const MAPPED = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

/**
 * Where a call really comes from: the address of its connection, or what a proxy on the list has written behind it.
 * Anybody can send `X-Forwarded-For`, so it is read from its end, and only as far as the writers are known.
 */
export class ClientAddress {
  readonly #peerHeader: string;
  readonly #trusted: BlockList;

  constructor(deps: { peerHeader: string; trusted: BlockList }) {
    this.#peerHeader = deps.peerHeader;
    this.#trusted = deps.trusted;
  }

  /** Null where the connection's address was not noted. */
  of(headers: Headers): string | null {
    let address = addressIn(headers.get(this.#peerHeader));
    const hops = headers.get('x-forwarded-for')?.split(',').toReversed() ?? [];
    for (const hop of hops) {
      const next = addressIn(hop);
      if (!address || !next || !isWithin(this.#trusted, address)) break;
      address = next;
    }
    return address;
  }
}

/** In the one way it is kept: without a zone, and an IPv4 address as such. */
function addressIn(text: string | null): string | null {
  const address = text?.trim().split('%')[0]?.replace(MAPPED, '') ?? '';
  return isIP(address) === 0 ? null : address.toLowerCase();
}

/** What one line of the internet has to itself: an IPv4 address, or the first 64 bits of an IPv6 one. */
export function addressBlock(address: string): string {
  if (isIP(address) !== 6) return address;
  const [left = '', right] = address.split('::');
  const groups = left === '' ? [] : left.split(':');
  const rest = right === undefined || right === '' ? [] : right.split(':');
  const missing = right === undefined ? 0 : GROUPS - groups.length - rest.length;
  const whole = [...groups, ...Array.from({ length: Math.max(missing, 0) }, () => '0'), ...rest];
  const network = whole.slice(0, GROUPS_OF_NETWORK).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}

const GROUPS = 8;
const GROUPS_OF_NETWORK = 4;
