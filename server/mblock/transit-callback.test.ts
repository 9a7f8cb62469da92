import { describe, expect, test } from 'vitest';
import { isChainAddress, withChecksum } from '#server/config/chain-address.ts';
import { readTransitCallback } from './transit-callback.ts';

const GAS = `0x${'a'.repeat(64)}`;
const TOKENS = `0x${'b'.repeat(64)}`;
const body = (fields: object): string => JSON.stringify({ result: true, token: 't1', ...fields });

describe('a transit callback', () => {
  test('names its transactions', () => {
    expect(readTransitCallback(body({ txidFee: GAS, txidToken: TOKENS.toUpperCase().replace('0X', '0x') }))).toEqual({
      succeeded: true,
      token: 't1',
      gasTxid: GAS,
      tokenTxid: TOKENS,
      message: null,
      failedBeforeExecution: false,
    });
  });

  test.each([
    ['a listed refusal and no transaction', { message: 'Not enough balance' }, true],
    ['an unlisted text', { message: 'Something else' }, false],
    ['no text', {}, false],
    ['a lost receipt', { message: 'Request Time out, Transaction receipt not found.' }, false],
    ['gas already spent', { message: 'Not enough balance', txidFee: GAS }, false],
  ])('that failed with %s', (_how, fields, before) => {
    expect(readTransitCallback(body({ result: false, ...fields }))?.failedBeforeExecution).toBe(before);
  });

  test.each(['b'.repeat(64), 'B'.repeat(64), `0x${'B'.repeat(64)}`])(
    'has one name for a transaction spelled %s',
    (txidToken) => {
      expect(readTransitCallback(body({ txidToken }))?.tokenTxid).toBe(TOKENS);
    },
  );

  test.each([
    ['an empty gas hash', { txidFee: '', txidToken: TOKENS }, { tokenTxid: TOKENS }],
    ['an odd gas hash', { txidFee: 'none', txidToken: TOKENS }, { tokenTxid: TOKENS }],
    ['an odd token hash', { txidFee: GAS, txidToken: [TOKENS] }, { gasTxid: GAS }],
    ['a text that is none', { txidFee: GAS, txidToken: TOKENS, message: {} }, { gasTxid: GAS, tokenTxid: TOKENS }],
  ])('counts in all that can be read, with %s', (_how, fields, names) => {
    const nothing = { gasTxid: null, tokenTxid: null, message: null };
    expect(readTransitCallback(body(fields))).toMatchObject({ succeeded: true, token: 't1', ...nothing, ...names });
  });

  test.each(['x', 7, false, {}])('that names %j does not say that nothing ran', (txidToken) => {
    const refused = body({ result: false, message: 'Not enough balance', txidToken });
    expect(readTransitCallback(refused)?.failedBeforeExecution).toBe(false);
  });

  test('names nothing with an empty hash', () => {
    const refused = body({ result: false, message: 'Not enough balance', txidFee: '', txidToken: '' });
    expect(readTransitCallback(refused)?.failedBeforeExecution).toBe(true);
  });

  test.each(['', 'null', '[]', '{}', '{"result":true}', '{"result":"true","token":"t1"}'])('is not %j', (text) => {
    expect(readTransitCallback(text)).toBeNull();
  });
});

describe('a chain address', () => {
  test.each([
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
    '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
    '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
  ])('%s carries its EIP-55 checksum', (address) => {
    expect(withChecksum(address.toLowerCase())).toBe(address);
    expect(isChainAddress(address)).toBe(true);
    expect(isChainAddress(address.toLowerCase())).toBe(true);
    expect(isChainAddress(address.replace('B', 'b'))).toBe(false);
  });

  test.each(['', '0x', '5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', `0x${'1'.repeat(41)}`, `0x${'g'.repeat(40)}`])(
    '%j is none',
    (text) => {
      expect(isChainAddress(text)).toBe(false);
    },
  );
});
