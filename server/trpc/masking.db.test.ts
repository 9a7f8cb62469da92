import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { aMember } from '#server/testing/members.ts';
import { domainCodeOf, platformOf } from '#server/testing/withdrawals.ts';
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

  test.each([`0x${'a'.repeat(64)}`, '0x12', `${'a'.repeat(40)}`])('leaves %s alone', (text) => {
    expect(maskAddresses({ text })).toEqual({ text });
  });

  test('leaves the contract of a token, which is the same for everybody', () => {
    expect(maskAddresses({ contract: address })).toEqual({ contract: address });
  });
});
