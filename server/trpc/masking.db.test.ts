import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCoinAddress } from '#server/risk/index.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { coinAddressOf } from '#server/testing/coin-addresses.ts';
import { aMember } from '#server/testing/members.ts';
import { domainCodeOf, operatorOf, platformOf } from '#server/testing/withdrawals.ts';
import { maskAddresses } from './masking.ts';

let app: TestApplication;
let wallet: { id: string; address: string; memberId: string };
beforeAll(async () => {
  app = await testApplication();
  const { caller } = await platformOf(app);
  const { id, address, memberId } = await caller.wallets.create({ memberId: aMember() });
  wallet = { id, memberId, address: address ?? '' };
});
afterAll(() => app.close());

const asked = () => ({ of: 'wallet' as const, id: wallet.id, reason: 'the member asks which address is theirs' });

describe('an address', () => {
  test.each(['finance', 'admin', 'auditor'] as const)('is whole for %s', async (role) => {
    const { caller } = await app.signedInAs(role);
    expect((await caller.wallets.get({ id: wallet.id })).address).toBe(wallet.address);
  });

  test('that a member is named by stays whole: support finds nobody by a piece of it', () => {
    const memberId = coinAddressOf(0x30);
    expect(maskAddresses({ memberId, address: memberId })).toMatchObject({
      memberId,
      address: expect.stringMatching(/•/),
    });
  });

  test('is whole for a platform', async () => {
    const { caller } = await platformOf(app);
    expect((await caller.wallets.get({ id: wallet.id })).address).toBe(wallet.address);
  });

  test('leaves for support without its middle, in a list too', async () => {
    const { caller } = await app.signedInAs('support');
    const masked = `${wallet.address.slice(0, 4)}••••••${wallet.address.slice(-4)}`;
    expect((await caller.wallets.get({ id: wallet.id })).address).toBe(masked);
    const listed = await caller.wallets.list({ filter: { q: wallet.address }, cursor: null, limit: 10 });
    expect(listed.rows).toMatchObject([{ id: wallet.id, address: masked }]);
    expect(JSON.stringify(listed)).not.toContain(wallet.address.slice(6, -6));
  });
});

/** Every form in which the pool's coins write addresses; of several coins that share a version byte, one. */
const COIN_ADDRESSES: readonly (readonly [asset: string, address: string])[] = [
  ['LTC', coinAddressOf(48)],
  ['LTC', coinAddressOf(50)],
  ['LTC', 'ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9'],
  ['DOGE', coinAddressOf(30)],
  ['DOGE', coinAddressOf(22)],
  ['BELLS', coinAddressOf(25)],
  ['BELLS', 'bel1qw508d6qejxtdg4y5r3zarvary0c5xw7kztdea9'],
  ['LKY', coinAddressOf(47)],
  ['PEP', coinAddressOf(56)],
  ['JKC', coinAddressOf(16)],
  ['JKC', coinAddressOf(5)],
  ['DINGO', coinAddressOf(30)],
  ['SHIC', coinAddressOf(63)],
];
const maskOf = (address: string) => `${address.slice(0, 4)}••••••${address.slice(-4)}`;

describe('an address of a coin', () => {
  test('is there in every form', () => {
    const coins = new Set(COIN_ADDRESSES.flatMap(([, address]) => readCoinAddress(address)?.coins ?? []));
    expect([...coins].sort()).toEqual(['BELLS', 'DINGO', 'DOGE', 'JKC', 'LKY', 'LTC', 'PEP', 'SHIC']);
    for (const [asset, address] of COIN_ADDRESSES) expect(readCoinAddress(address)?.coins).toContain(asset);
  });

  test('leaves for support without its middle, from the list of addresses and from what is proposed for it', async () => {
    for (const [asset, address] of COIN_ADDRESSES) {
      const entry = { asset, address, label: 'treasury', note: 'ours' };
      const [first, second] = [await operatorOf(app), await operatorOf(app, 'finance', 'second')];
      await first.caller.allowList.add(entry);
      const support = await operatorOf(app, 'support');
      const { proposals } = await support.caller.allowList.rules({});
      expect(proposals).toMatchObject([{ body: { address: maskOf(address) } }]);
      await second.caller.allowList.add(entry);
      const [listed] = (await support.caller.allowList.list({ filter: { asset } })).rows;
      expect(listed?.address).toBe(maskOf(address));
      expect((await first.caller.allowList.list({ filter: { asset } })).rows[0]?.address).toBe(address);
      expect((await support.caller.allowList.check({ asset, address })).address).toBe(maskOf(address));
    }
  });

  test.each(COIN_ADDRESSES)('of %s is masked in any text: %s', (_asset, address) => {
    const answer = {
      observed: address,
      lookAlikes: [{ address }],
      raw: `{"addr":"${address}"}`,
      said: `to ${address}, as asked`,
      upper: address.startsWith('ltc') || address.startsWith('bel') ? address.toUpperCase() : address,
    };
    const text = JSON.stringify(maskAddresses(answer));
    expect(text.toLowerCase()).not.toContain(address.slice(6, -6).toLowerCase());
    expect(text).toContain(`to ${maskOf(address)}, as asked`);
  });
});

describe('support is shown a whole address', () => {
  test('with the second factor for exactly that one, for half a minute, and it stands in the record why', async () => {
    const support = await app.signedInAs('support');
    expect(await support.plain.addresses.reveal(asked()).catch(domainCodeOf)).toBe('auth.step_up_required');
    const { address, shownForS } = await support.caller.addresses.reveal(asked());
    expect(address).toBe(wallet.address);
    expect(shownForS).toBe(30);
    const rows = await app.sql(
      `select actor_id, subject_type, subject_id, reason, before, after from audit_events where action = 'address.revealed'`,
    );
    expect(rows).toEqual([
      {
        actor_id: support.id,
        subject_type: 'wallet',
        subject_id: wallet.id,
        reason: asked().reason,
        before: null,
        after: null,
      },
    ]);
  });

  test('once for each time it is asked', async () => {
    const support = await app.signedInAs('support');
    await support.caller.addresses.reveal(asked());
    expect(await support.plain.addresses.reveal(asked()).catch(domainCodeOf)).toBe('auth.step_up_required');
  });
});

describe('masking', () => {
  const address = `0x${'aB3'.repeat(13)}f`;

  test('reaches every text, however deep, and names of fields', () => {
    const answer = { rows: [{ raw: `{"to":"${address}","n":1}`, [address]: address, amount: '1', none: null }] };
    const text = JSON.stringify(maskAddresses(answer));
    expect(text).not.toContain(address.slice(6, -6));
    expect(text.match(/0xaB••••••aB3f/g)).toHaveLength(3);
  });

  const words = ['member-of-the-pool-4711', 'L'.repeat(34), '01ARZ3NDEKTSV4RRFFQ69G5FAV', '0'.repeat(64)];
  test.each([`0x${'a'.repeat(64)}`, '0x12', `${'a'.repeat(40)}`, ...words])('leaves %s alone', (text) => {
    expect(maskAddresses({ text })).toEqual({ text });
  });

  test('takes whatever stands where an address does, but not the account that the pool pays', () => {
    const bitcoin = '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2';
    expect(maskAddresses({ address: bitcoin })).toEqual({ address: maskOf(bitcoin) });
    expect(maskAddresses({ address: 'short' })).toEqual({ address: '••••••' });
    expect(maskAddresses({ address: 'treasury@platform.example' })).toEqual({ address: 'treasury@platform.example' });
  });

  test('leaves the contract of a token, which is the same for everybody', () => {
    expect(maskAddresses({ contract: address })).toEqual({ contract: address });
  });
});
