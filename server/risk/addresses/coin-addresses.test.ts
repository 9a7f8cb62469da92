import { describe, expect, test } from 'vitest';
import { BIP173_HASH, coinAddressOf } from '#server/testing/coin-addresses.ts';
import { readWitnessAddress } from './bech32.ts';
import { readCoinAddress } from './coin-addresses.ts';

/** `src/test/data/key_io_valid.json` of dogecoin/dogecoin and litecoin-project/litecoin, main network. */
const DOGE_KEY = 'DEQU7G2Chw4r1gSKZt2GfKBpGbkbQSwp3S';
const DOGE_SCRIPT = 'A36czoRusM4VxnNiEjTaaDcMyr4GB73xw1';
const LTC_KEY = 'LT2KVaAy1ppRuxRgrS5RNU3vBsy7RibPeA';
const LTC_SCRIPT = 'MHrYRxAiMNBTku3eoDHwhA1LQGDjUStZW2';
/** The development fund in `src/chainparams.cpp` of Junkcoin-Foundation/junkcoin-core. */
const JKC_SCRIPT = '3P3UvT6vdDJVrbB2mn6WrP8gywpu2Knx8C';

describe('an address of a coin', () => {
  test.each([
    [DOGE_KEY, ['DOGE', 'BELLS', 'DINGO']],
    [DOGE_SCRIPT, ['DOGE', 'PEP', 'DINGO', 'SHIC']],
    [LTC_KEY, ['LTC']],
    [LTC_SCRIPT, ['LTC']],
    [JKC_SCRIPT, ['LTC', 'LKY', 'JKC']],
    [coinAddressOf(25), ['BELLS']],
    [coinAddressOf(47), ['LKY']],
    [coinAddressOf(56), ['PEP']],
    [coinAddressOf(16), ['JKC']],
    [coinAddressOf(63), ['SHIC']],
  ])('%s is taken by %j and by no other', (address, coins) => {
    expect(readCoinAddress(address)).toEqual({ canonical: address, coins });
  });

  test('starts as people know it: what they see first is the version byte', () => {
    expect([16, 25, 56, 63].map((version) => coinAddressOf(version)[0])).toEqual(['7', 'B', 'P', 'S']);
  });

  test('may be a witness address where the chain has them, in either case and kept in the lower', () => {
    const address = 'ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9';
    expect(readCoinAddress(address)).toEqual({ canonical: address, coins: ['LTC'] });
    expect(readCoinAddress(address.toUpperCase())?.canonical).toBe(address);
    expect(readCoinAddress(address.replace('ltc', 'LTC'))).toBeNull();
  });

  test('is refused with one wrong character, wherever it stands', () => {
    for (const address of [DOGE_KEY, LTC_SCRIPT, 'ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9']) {
      for (let at = 1; at < address.length; at += 1) {
        const other = address[at] === 'q' ? 'p' : 'q';
        expect(readCoinAddress(address.slice(0, at) + other + address.slice(at + 1))).toBeNull();
      }
    }
  });

  test('is none of a chain that is not ours, nor a witness address of a chain without them', () => {
    const bitcoin = ['1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'];
    const dogecoin = ['dg1qw508d6qejxtdg4y5r3zarvary0c5xw7k2npgug', 'dg1zw508d6qejxtdg4y5r3zarvaryv9p3tvl'];
    for (const address of [...bitcoin, ...dogecoin, '', 'L', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed']) {
      expect(readCoinAddress(address)).toBeNull();
    }
  });
});

/** The examples of BIP-173 and BIP-350, "Test vectors for Segwit". */
describe('a witness address', () => {
  test.each([
    ['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', 0, BIP173_HASH],
    [
      'tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7',
      0,
      '1863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262',
    ],
    ['BC1SW50QGDZ25J', 16, '751e'],
    ['bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs', 2, '751e76e8199196d454941c45d1b3a323'],
    [
      'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
      1,
      '79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
    ],
  ])('%s is read', (address, version, program) => {
    const read = readWitnessAddress(address);
    expect([read?.version, read?.program.toString('hex')]).toEqual([version, program]);
  });

  test.each([
    'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd',
    'BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL',
    'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh',
    'bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4',
    'BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R',
    'bc1pw5dgrnzv',
    'tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq',
    'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf',
    'bc1gmk9yu',
  ])('%s is refused', (address) => {
    expect(readWitnessAddress(address)).toBeNull();
  });
});
