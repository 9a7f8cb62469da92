import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '#server/kernel/secret.ts';
import { httpReply, type RawServer, startRawServer } from '#server/simulators/index.ts';
import { MBlockClient } from './mblock-client.ts';

const blocked = { kind: 'blocked', scope: 'provider' };
const unknown = { kind: 'unknown' };
const never = { kind: 'rejected', retry: 'never' };
const quarantined = { ...never, quarantinesWallet: true };
const funds = { kind: 'rejected', retry: 'when_funded' };

const TO = '0x52908400098527886E0F7030069857D2E4169EE7';
const TXID = `0x${'aB'.repeat(32)}`;
const USDT = '0x55d398326f99059fF775485246999027B3197955';
const order = { walletKey: new Secret('wk-1'), to: TO, amount: '1', contract: USDT };
const config = {
  fee: '0.001',
  feeWalletKey: new Secret('fk-1'),
  delay: 5,
  count: 3,
  callback: new Secret('http://x/'),
};

let server: RawServer;
let reply = '';
beforeAll(async () => {
  server = await startRawServer({ onData: (socket) => socket.end(reply) });
});
afterAll(() => server.close());

const client = (): MBlockClient =>
  new MBlockClient({ endpoint: server.url, apiKey: new Secret('key-1'), deadlineMs: 400, guard: () => undefined });

function answering(status: number, body: unknown): MBlockClient {
  reply = httpReply(status, typeof body === 'string' ? body : JSON.stringify(body));
  return client();
}

const refused = (message: unknown) => ({ result: false, message });

describe('a refusal of MBlock', () => {
  test.each([
    ['1', 'Not Found API Key', blocked],
    ['2', 'Invalid API Key', blocked],
    ['3', 'Invalid access from an unauthorized IP Address', blocked],
    ['4', 'No API Permission', blocked],
    ['5', 'Invalid Wallet Key', quarantined],
    ['6', 'Unsupported token symbol', never],
    ['7', 'Transfer volume is required', never],
    ['8', 'Contract address is incorrect', never],
    ['9', 'Transaction Logs not found', unknown],
    ['10, 14', 'Wallet address is incorrect', quarantined],
    ['11', 'Transaction receipt not found', unknown],
    ['12', 'Request Time out, Transaction receipt not found.', { ...unknown, reason: 'sent_without_receipt' }],
    ['13', 'RPCError: something new', unknown],
    ['15', 'Wallet address has expired', { kind: 'blocked', scope: 'wallet' }],
    ['16', 'Request volume is zero or not enough balance', funds],
    ['17', 'Not enough balance', funds],
    ['18', 'Invalid Configuration', blocked],
  ])('row %s "%s"', async (_row, message, verdict) => {
    expect(await answering(200, refused(message)).transferByWalletKey(order)).toMatchObject(verdict);
    expect(await answering(200, refused(message)).transitByWalletKey({ ...order, config })).toMatchObject(verdict);
  });

  test('row 16 is final for an amount of zero', async () => {
    const message = 'Request volume is zero or not enough balance';
    const outcome = await answering(200, refused(message)).transferByWalletKey({ ...order, amount: '0' });
    expect(outcome).toMatchObject({ ...never, reason: 'amount_zero' });
  });

  test.each([
    ['insufficient funds', funds],
    ['insufficient funds for gas * price + value', funds],
    ['insufficient funds for gas * price + value: have 1 want 2', funds],
    [`insufficient funds for gas * price + value: address ${TO} have 1 want 2`, funds],
    ['insufficient funds for transfer', funds],
    ['intrinsic gas too low', never],
    ['intrinsic gas too low: have 20000, want 21000', never],
    ['exceeds block gas limit', never],
    ['invalid sender', never],
    ['gas limit', never],
    ['execution reverted', never],
    ['execution reverted: BEP20: transfer amount exceeds balance', never],
    [`execution reverted: ${TXID}`, unknown],
    ['nonce too low', unknown],
    ['nonce too low: next nonce 5, tx nonce 4', unknown],
    ['already known', unknown],
    ['replacement transaction underpriced', unknown],
    ['timeout', unknown],
    ['header not found', unknown],
    ['connection refused', unknown],
    ['429 Too Many Requests', unknown],
    ['502 Bad Gateway', unknown],
    ['could not send: insufficient funds', unknown],
    ['insufficient funds, or so it seems after sending', unknown],
    ['invalid sender\nbut sent', unknown],
    ['', unknown],
  ])('row 13 "RPCError: %s"', async (detail, verdict) => {
    const outcome = await answering(200, refused(`RPCError: ${detail}`)).transferByWalletKey(order);
    expect(outcome).toMatchObject(verdict);
  });

  test.each(['Try later', 'not enough balance', 'Not enough balance ', 'Error: Not enough balance', '', null])(
    'with the unlisted text %j proves nothing',
    async (message) => {
      const outcome = await answering(200, refused(message)).transferByWalletKey(order);
      expect(outcome).toMatchObject({ ...unknown, reason: 'unlisted_refusal' });
    },
  );

  test('with an unlisted text is no rate limit, whatever the HTTP status', async () => {
    const outcome = await answering(429, refused('Too many requests')).transferByWalletKey(order);
    expect(outcome).toMatchObject({ ...unknown, reason: 'unlisted_refusal' });
  });

  test.each([{ txid: TXID }, { token: 't1' }])('that names %j contradicts itself', async (named) => {
    const body = { ...refused('RPCError: execution reverted'), ...named };
    const outcome = await answering(200, body).transferByWalletKey(order);
    expect(outcome).toMatchObject({ ...unknown, incident: 'refused_with_reference' });
  });
});

describe('a success', () => {
  test.each([200, 202, 301, 403, 429, 500])('is accepted with the HTTP status %i', async (status) => {
    const outcome = await answering(status, { result: true, txid: TXID }).transferByWalletKey(order);
    expect(outcome).toMatchObject({ kind: 'accepted', value: { txid: TXID.toLowerCase() } });
  });

  test.each([
    [{ result: true }, 'accepted_without_reference'],
    [{ result: true, txid: null }, 'accepted_without_reference'],
    [{ result: true, txid: '' }, 'unreadable_reply'],
    [{ result: true, txid: '0x12' }, 'unreadable_reply'],
    [{ txid: TXID }, 'unreadable_reply'],
    [{ result: 'true', txid: TXID }, 'unreadable_reply'],
    [{ result: 1, txid: TXID }, 'unreadable_reply'],
    ['', 'unreadable_reply'],
    ['<html>', 'unreadable_reply'],
  ])('%j is not enough', async (body, reason) => {
    expect(await answering(200, body).transferByWalletKey(order)).toMatchObject({ ...unknown, reason });
  });

  test('of a transit needs its token', async () => {
    const transit = { ...order, config };
    expect(await answering(200, { result: true }).transitByWalletKey(transit)).toMatchObject(unknown);
    expect(await answering(200, { result: true, token: 't1' }).transitByWalletKey(transit)).toMatchObject({
      kind: 'accepted',
      value: { token: 't1' },
    });
  });
});

describe('a receipt that is not there', () => {
  test.each(['Transaction Logs not found', 'Transaction receipt not found'])('"%s" proves nothing', async (message) => {
    const receipt = await answering(200, refused(message)).receiptByHash({ txid: TXID, contract: TO });
    expect(receipt).toBeNull();
  });

  test.each(['RPCError: timeout', 'Invalid API Key', 'No idea'])('"%s" is a refusal', async (message) => {
    const reading = answering(200, refused(message)).receiptByHash({ txid: TXID, contract: TO });
    await expect(reading).rejects.toMatchObject({ code: 'provider.rejected' });
  });
});

describe('an order of ours that cannot be sent is final, and nobody is called', () => {
  test.each([
    ['a recipient that is no address', { to: '0x12' }],
    ['a recipient whose checksum is wrong', { to: TO.replace('E7', 'e7') }],
    ['a contract that is no address', { contract: 'USDT' }],
    ['an amount below zero', { amount: '-1' }],
    ['an amount with an exponent', { amount: '1e3' }],
    ['an amount with 19 decimals', { amount: '0.0000000000000000001' }],
    ['no amount', { amount: '' }],
  ])('%s', async (_what, wrong) => {
    const before = server.connections();
    expect(await client().transferByWalletKey({ ...order, ...wrong })).toMatchObject(never);
    expect(await client().transitByWalletKey({ ...order, ...wrong, config })).toMatchObject(never);
    expect(server.connections()).toBe(before);
  });

  test.each([{ fee: 'some' }, { fee: '-1' }, { delay: 0 }, { count: 1.5 }])('a transit with %j', async (wrong) => {
    const outcome = await client().transitByWalletKey({ ...order, config: { ...config, ...wrong } });
    expect(outcome).toMatchObject({ ...never, evidence: { bytesWritten: false } });
  });

  test('a transit of BNB', async () => {
    expect(await client().transitByWalletKey({ ...order, contract: null, config })).toMatchObject({
      ...never,
      evidence: { bytesWritten: false },
    });
  });

  test('a transit of zero', async () => {
    expect(await client().transitByWalletKey({ ...order, amount: '0', config })).toMatchObject(never);
  });
});
