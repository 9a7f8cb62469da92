import type { OperatorRole } from '#server/kernel/actor.ts';
import type { Context } from './context.ts';

/** Who decides about money, or checks those who do. Support looks after withdrawals without needing where they go. */
const SEE_ADDRESSES: readonly OperatorRole[] = ['finance', 'admin', 'auditor'];

export function seesAddresses(caller: Context['caller']): boolean {
  return caller?.type !== 'operator' || SEE_ADDRESSES.includes(caller.role);
}

/** An address of the chain that members' wallets are on, in any text: also inside a provider's reply. */
const ADDRESS = /0x[0-9a-fA-F]{40}(?![0-9a-fA-F])/g;
const SHOWN_IN_FRONT = 4;
const SHOWN_AT_THE_END = 4;
/** The contract of a token is the same for everybody and no secret. */
const PUBLIC = new Set(['contract']);

/** The same answer with every address cut down to its ends. What is cut is not in it any more. */
export function maskAddresses(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(ADDRESS, ends);
  if (Array.isArray(value)) return value.map(maskAddresses);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.replace(ADDRESS, ends),
      PUBLIC.has(name) ? inner : maskAddresses(inner),
    ]),
  );
}

const ends = (address: string): string =>
  `${address.slice(0, SHOWN_IN_FRONT)}••••••${address.slice(-SHOWN_AT_THE_END)}`;
