import { BlockList } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerTransitCallback } from '#server/callbacks/transit-callback.ts';
import type { Container } from '#server/container.ts';
import type { TestApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import {
  aHash,
  carriedOut,
  incidentsOf,
  inTransit,
  keptCallbacks,
  look,
  posted,
  refusedTransit,
  report,
  seenTwice,
  type TransitBench,
  tokenOf,
  tokensMoved,
  transitBench,
} from '#server/testing/transits.ts';
import { aFundedWallet, sentMove, timePasses } from '#server/testing/wallet-payouts.ts';
import { type Asked, bookings, shown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
let bench: TransitBench;
beforeAll(async () => {
  bench = await transitBench();
  app = bench.app;
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await bench.close();
});

describe('the door', () => {
  test('answers the same body twenty times at once, and keeps it once', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await inTransit(bench, wallet, { amount: '16' });
    const body = { result: true, token: await tokenOf(bench, move), txidFee: null, txidToken: aHash() };
    const answers = await Promise.all(Array.from({ length: 20 }, () => report(bench, move.secret, body)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(await keptCallbacks(bench, move)).toBe(1);
  });

  test.each([
    ['nothing', '', 200],
    ['no JSON', '<html>', 200],
    ['broken bytes', new Uint8Array([0, 255, 254, 0]), 200],
    ['sixteen kibibytes', 'x'.repeat(16 * 1_024), 200],
    ['one byte more', 'x'.repeat(16 * 1_024 + 1), 413],
    ['a mebibyte', 'x'.repeat(1_024 * 1_024), 413],
  ] as const)('with %s: kept, it is for people, because it is no report', async (_, body, status) => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await inTransit(bench, wallet, { amount: '17' });
    expect((await posted(bench, move.secret, body)).status).toBe(status);
    expect(await keptCallbacks(bench, move)).toBe(status === 200 ? 1 : 0);
    await seenTwice(bench);
    const isKept = status === 200;
    expect(await shown(app, move)).toMatchObject({
      status: isKept ? 'manual-review' : 'pending-transit',
      attempts: [{ error: isKept ? 'callback_inconclusive' : null }],
    });
  });

  test('with nonsense before the report: the chain proves the payment all the same', async () => {
    const move = await inTransit(bench, await aFundedWallet(app, { bnb: '1', usdt: '50' }), { amount: '17.5' });
    await posted(bench, move.secret, 'nonsense');
    await look(bench);
    await carriedOut(bench);
    await seenTwice(bench);
    expect((await shown(app, move)).status).toBe('completed');
    await posted(bench, move.secret, 'more nonsense');
    await look(bench);
    expect(await incidentsOf(bench, move)).toEqual([]);
  });

  test.each(['', 'x', '../admin', `${'A'.repeat(42)}=`, 'A'.repeat(43), 'A'.repeat(4_000)])(
    'is not there for who does not know the way: %j',
    async (secret) => {
      const [before] = await app.sql('select count(*) from wallet_callbacks');
      expect((await posted(bench, secret, '{"result":true}')).status).toBe(404);
      expect(await app.sql('select count(*) from wallet_callbacks')).toEqual([before]);
    },
  );

  test('is not there either for who knocks from another address than the provider’s', async () => {
    const networks = new BlockList();
    networks.addSubnet('192.0.2.0', 24);
    const move = await inTransit(bench, await aFundedWallet(app, { bnb: '1', usdt: '50' }), { amount: '18.5' });
    const knock = (ip: string | null) =>
      answerTransitCallback(
        {
          ...app.container,
          config: { ...app.container.config, callbackNetworks: networks },
          addresses: { of: () => ip } as unknown as Container['addresses'],
        },
        new Request('http://x/', { method: 'POST', body: `{"result":true,"token":"from ${ip}"}` }),
        move.secret,
      );
    for (const ip of ['192.0.3.1', '2001:db8::1', null]) expect((await knock(ip)).status).toBe(404);
    expect(await keptCallbacks(bench, move)).toBe(0);
    expect((await knock('192.0.2.9')).status).toBe(200);
    expect(await keptCallbacks(bench, move)).toBe(1);
  });

  test('the way is nowhere in the database, only its hash', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await inTransit(bench, wallet, { amount: '18' });
    for (const table of ['payout_attempts', 'withdrawals', 'audit_events', 'payout_evidence', 'wallet_transactions']) {
      const found = await app.sql(`select 1 from ${table} t where t::text like ?`, [`%${move.secret}%`]);
      expect(found, table).toEqual([]);
    }
  });
});

describe('gas that is reported after the payment was closed', () => {
  const gasBooked = async (move: Asked) => (await bookings(app, move)).GAS_TOPUP;

  test('is booked once, when the payment had been proven', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await inTransit(bench, wallet, { amount: '6.1' });
    await carriedOut(bench);
    await seenTwice(bench);
    const { status, attempts } = await shown(app, move);
    expect([status, await gasBooked(move)]).toEqual(['completed', undefined]);
    const token = await tokenOf(bench, move);
    for (const txidFee of [aHash(), aHash()]) {
      await report(bench, move.secret, { result: true, token, txidFee, txidToken: attempts[0]?.reference });
      await look(bench);
    }
    expect(await gasBooked(move)).toBe(1);
  });

  test('is booked once, when it counted as not executed', async () => {
    const move = await refusedTransit(bench, await aFundedWallet(app, { bnb: '1', usdt: '50' }), { amount: '6.2' });
    expect(await gasBooked(move)).toBeUndefined();
    await report(bench, move.secret, { result: false, token: await tokenOf(bench, move), txidFee: aHash() });
    await look(bench);
    await seenTwice(bench);
    expect(await gasBooked(move)).toBe(1);
    expect((await shown(app, move)).status).toBe('failed');
  });
});

test('people hear again of a transit that is unknown for an hour, and for a day, once each', async () => {
  app.mblock.control.fault({ method: 'transitByWalletKey', fault: 'drop_before' });
  const move = await sentMove(app, await aFundedWallet(app, { bnb: '1', usdt: '50' }), { kind: 'transit' });
  const told = async () =>
    (
      await app.sql<{ reason: string }>(
        `select reason from notification_events where type = 'payout.unresolved' and withdrawal_id = ? order by seq`,
        [move.id],
      )
    ).map(({ reason }) => reason);
  const lookedTwiceAfter = async (hours: number) => {
    await timePasses(app, hours * 3_600);
    await look(bench);
    await look(bench);
  };
  await look(bench);
  expect(await told()).toEqual([]);
  await lookedTwiceAfter(1);
  expect(await told()).toEqual(['no_final_word_for_1_h']);
  await lookedTwiceAfter(23);
  expect(await told()).toEqual(['no_final_word_for_1_h', 'no_final_word_for_24_h']);
});

describe('any sequence of callbacks', () => {
  test('moves the money once at most, and only if the chain did', async () => {
    const pick = randomOf(20_260_301);
    for (let round = 0; round < 5; round += 1) {
      const wallet = await aFundedWallet(app, { bnb: pick(2) === 0 ? '0' : '1', usdt: '50' });
      const amount = `20.${round + 1}`;
      const move = await inTransit(bench, wallet, { amount });
      const token = await tokenOf(bench, move);
      let executed = false;
      for (let step = 0; step < 5; step += 1) {
        const said = pick(6);
        if (said === 0 && !executed) {
          executed = true;
          await carriedOut(bench);
        } else if (said === 1) await report(bench, move.secret, { result: true, token, txidToken: aHash() });
        else if (said === 2) await report(bench, move.secret, { result: false, token, message: 'Not enough balance' });
        else if (said === 3) await report(bench, move.secret, { result: false, token, txidFee: aHash(), message: 'x' });
        else if (said === 4) await report(bench, move.secret, { result: true, token: 'other', txidToken: aHash() });
        else await posted(bench, move.secret, 'garbage');
        await seenTwice(bench);
        await timePasses(app, 65);
      }
      await seenTwice(bench);
      const { SETTLE = 0, LATE = 0 } = await bookings(app, move);
      expect(SETTLE + LATE, `round ${round}`).toBe(executed ? 1 : 0);
      expect(tokensMoved(bench, amount)).toBe(executed ? 1 : 0);
    }
  }, 60_000);
});

/** The same numbers for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}
