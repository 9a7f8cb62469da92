import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Container, openContainer } from '#server/container.ts';
import { WORKER } from '#server/jobs/job-context.ts';
import { newId } from '#server/kernel/ids.ts';
import { Secret } from '#server/kernel/secret.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { JobRunner } from '#server/testing/job-runner.ts';
import { platformOf } from '#server/testing/withdrawals.ts';
import { WalletKeyCipher } from './index.ts';

const WALLETS = 6;
/** And the second factor of whoever made the platform's key. */
const SEALED = WALLETS + 1;
const key = (id: string, byte: number) => ({ id, base64: new Secret(Buffer.alloc(32, byte).toString('base64')) });
const OLD = key('k1', 1);
let app: TestApplication;
const rotated: Container[] = [];
/** The same application after `fresh` has become its first encryption key. */
const withKeys = async (...keys: ReturnType<typeof key>[]) => {
  const container = await openContainer(app.container.config, { cipher: new WalletKeyCipher(keys) });
  rotated.push(container);
  return container;
};

beforeAll(async () => {
  app = await testApplication({ collected: false });
  const { caller } = await platformOf(app);
  for (let made = 0; made < WALLETS; made += 1)
    await caller.wallets.create({ memberId: `m${made}`, idempotencyKey: newId() });
});
afterAll(async () => {
  for (const { shared } of rotated) await shared.boss.stop({ graceful: false });
  await app.close();
});

const rows = () => app.sql<{ id: string; text: string }>('select id, encrypted_key as text from wallets order by id');
const opened = async (cipher: WalletKeyCipher) => (await rows()).map(({ id, text }) => cipher.open(text, id).reveal());
const progress = (container: Container) =>
  container.sessions.withoutTransaction(({ sealedKeys }) => sealedKeys.progress());
const begin = (container: Container) => container.sessions.inTransaction(({ sealedKeys }) => sealedKeys.begin());
const resealed = async (keyId: string) => {
  const events = await app.sql<{ after: { rows: number } }>(
    "select after from audit_events where action = 'keys.resealed' and after->>'keyId' = ?",
    [keyId],
  );
  return events.reduce((sum, { after }) => sum + after.rows, 0);
};

describe('after a new first encryption key', () => {
  test('every wallet key is sealed with it, by as many workers as there are, each once', async () => {
    const before = await opened(new WalletKeyCipher([OLD]));
    const fresh = key('k2', 2);
    const workers = [await withKeys(fresh, OLD), await withKeys(fresh, OLD)];
    for (const container of workers)
      expect(await begin(container)).toEqual([{ keyId: 'k1', count: SEALED, state: 'waiting' }]);
    await Promise.all(workers.map((container) => new JobRunner(container).drain('wallets.re-encrypt')));
    expect(await opened(new WalletKeyCipher([fresh]))).toEqual(before);
    expect(await resealed('k2')).toBe(SEALED);
    for (const container of workers)
      expect(await progress(container)).toEqual([{ keyId: 'k2', count: SEALED, state: 'current' }]);
  });

  test('a worker that dies in the middle of a batch has done nothing of it, and the next one does it', async () => {
    const [now, fresh] = [key('k2', 2), key('k3', 3)];
    const before = await opened(new WalletKeyCipher([now]));
    const container = await withKeys(fresh, now);
    const dying = container.sessions.inTransaction(async ({ sealedKeys }) => {
      expect(await sealedKeys.resealBatch(WORKER)).toBe(SEALED);
      throw new Error('killed');
    });
    await expect(dying).rejects.toThrow('killed');
    expect(await opened(new WalletKeyCipher([now]))).toEqual(before);
    await begin(container);
    await new JobRunner(container).drain('wallets.re-encrypt');
    expect(await opened(new WalletKeyCipher([fresh]))).toEqual(before);
    expect(await resealed('k3')).toBe(SEALED);
  });

  test('a wallet that is being used is sealed anew later, and nobody waits for it', async () => {
    const [now, fresh] = [key('k3', 3), key('k4', 4)];
    const container = await withKeys(fresh, now);
    const [busy] = await rows();
    await app.container.sessions.inTransaction(async ({ walletRepository }) => {
      await walletRepository.lockWallet(busy?.id ?? '');
      await begin(container);
      await new JobRunner(container).drain('wallets.re-encrypt');
      expect(await progress(container)).toEqual([
        { keyId: 'k3', count: 1, state: 'waiting' },
        { keyId: 'k4', count: SEALED - 1, state: 'current' },
      ]);
    });
    await new JobRunner(container).hurry('wallets.re-encrypt');
    expect(await progress(container)).toEqual([{ keyId: 'k4', count: SEALED, state: 'current' }]);
  });

  test('a key that is still needed and is missing is named, and nothing is tried with it', async () => {
    const container = await withKeys(key('k5', 5));
    expect(await begin(container)).toEqual([{ keyId: 'k4', count: SEALED, state: 'missing' }]);
    expect(await new JobRunner(container).drain('wallets.re-encrypt')).toBe(0);
  });
});
