import { readBase58Check } from './base58check.ts';
import { readWitnessAddress } from './bech32.ts';

/** How a coin writes its addresses: version bytes, and the name in witness addresses where the chain has them. */
interface Forms {
  readonly pubkeyHash: number;
  /** The first is the one in use; the others are older spellings that nodes still take. */
  readonly scriptHash: readonly number[];
  readonly witness?: { readonly chain: string; readonly versionMax: 0 | 1 };
}

/**
 * The pool's coins, as `base58Prefixes` and `bech32_hrp` of each node's `src/chainparams.cpp` have them, main network:
 * litecoin-project/litecoin, dogecoin/dogecoin, Nintondo/bellscoinV3, pepecoinppc/pepecoin,
 * Junkcoin-Foundation/junkcoin-core, dingocoin/dingocoin, shibacoinppc/shibacoin; LKY as nodecattel/junkcoinjs-lib and
 * LuckyPOWProject/Lucky-ord-Indexer agree. A chain on which SegWit is not active has no witness addresses here, whatever
 * name its source keeps for them: JKC never activates it, DOGE, PEP, DINGO and SHIC have it switched off, LKY not before
 * its next version. Of BELLS no source says that taproot took effect: until it does, anybody may spend from version 1.
 */
const FORMS: Readonly<Record<string, Forms>> = {
  LTC: { pubkeyHash: 48, scriptHash: [50, 5], witness: { chain: 'ltc', versionMax: 1 } },
  DOGE: { pubkeyHash: 30, scriptHash: [22] },
  BELLS: { pubkeyHash: 25, scriptHash: [30], witness: { chain: 'bel', versionMax: 0 } },
  LKY: { pubkeyHash: 47, scriptHash: [5] },
  PEP: { pubkeyHash: 56, scriptHash: [22] },
  JKC: { pubkeyHash: 16, scriptHash: [5] },
  DINGO: { pubkeyHash: 30, scriptHash: [22] },
  SHIC: { pubkeyHash: 63, scriptHash: [22] },
};

/** An address of one of the pool's coins. */
export interface CoinAddress {
  readonly canonical: string;
  /** Every coin that would take it: a checksum cannot tell coins apart that share a version byte. */
  readonly coins: readonly string[];
}

/** Reads an address of any of the pool's coins; null for whatever is none. */
export function readCoinAddress(text: string): CoinAddress | null {
  const base58 = readBase58Check(text);
  if (base58) {
    const { version } = base58;
    return named(text, ({ pubkeyHash, scriptHash }) => pubkeyHash === version || scriptHash.includes(version));
  }
  const witness = readWitnessAddress(text);
  if (!witness || !isPayable(witness)) return null;
  return named(text.toLowerCase(), (forms) => {
    return forms.witness?.chain === witness.chain && witness.version <= forms.witness.versionMax;
  });
}

/** A key or script (version 0), or taproot (version 1): what wallets can spend again. */
function isPayable({ version, program }: { version: number; program: Buffer }): boolean {
  return version === 0 ? program.length === 20 || program.length === 32 : version === 1 && program.length === 32;
}

function named(canonical: string, isOf: (forms: Forms) => boolean): CoinAddress | null {
  const coins = Object.entries(FORMS).flatMap(([coin, forms]) => (isOf(forms) ? [coin] : []));
  return coins.length > 0 ? { canonical, coins } : null;
}
