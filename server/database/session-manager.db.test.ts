import type { EntityManager } from '@mikro-orm/postgresql';
import { afterAll, expect, test } from 'vitest';
import { Asset } from '#server/assets/asset.entity.ts';
import { newId } from '#server/kernel/ids.ts';
import { testDatabase } from '#server/testing/database.ts';
import { withFault } from '#server/testing/statement-faults.ts';
import { closeOrm, openOrm } from './orm.ts';
import { SessionManager } from './session-manager.ts';
import { closeSignInPool, signInPool } from './sign-in-pool.ts';
import { sql } from './sql.ts';

const url = await testDatabase();
const orm = await openOrm(url);
afterAll(() => closeOrm(url));
const sessions = new SessionManager(orm, (em) => ({ em }));

const POOL_MAX = 10;
const busy = expect.objectContaining({ name: 'DomainError', code: 'system.busy' });
const aCoin = () => `COIN${newId().replaceAll('-', '').slice(-12)}`;
const persistCoin = (em: EntityManager, asset: string) =>
  em.persist(em.create(Asset, { asset, chain: 'hashdam', contract: null, symbol: asset, scale: 8, enabled: false }));
const kept = (asset: string) => orm.em.fork().count(Asset, { asset });
const setScale = (em: EntityManager, asset: string, scale: number) =>
  sql(em, 'update assets set scale = ? where asset = ?', [scale, asset]);

/** Lets two sessions meet at a place in the middle of their work. */
function meetingOf(count: number): () => Promise<void> {
  let missing = count;
  let open: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    missing -= 1;
    if (missing === 0) open();
    return all;
  };
}

test('what a session persisted is committed when its work is done, and not a moment before', async () => {
  const asset = aCoin();
  const seenInside = await sessions.inTransaction(async ({ em }) => {
    persistCoin(em, asset);
    await em.flush();
    return kept(asset);
  });
  expect([seenInside, await kept(asset)]).toEqual([0, 1]);
});

test('hand-written SQL and entities of one session stand or fall together', async () => {
  const [first, second] = [aCoin(), aCoin()];
  const failing = sessions.inTransaction(async ({ em }) => {
    persistCoin(em, first);
    await em.flush();
    persistCoin(em, second);
    await setScale(em, 'LTC', 3);
    throw new Error('after everything was written');
  });
  await expect(failing).rejects.toThrow('after everything was written');
  expect([await kept(first), await kept(second)]).toEqual([0, 0]);
  expect(await orm.em.fork().count(Asset, { asset: 'LTC', scale: 3 })).toBe(0);
});

test('a session without a transaction flushes nothing by itself', async () => {
  const asset = aCoin();
  await sessions.withoutTransaction(async ({ em }) => persistCoin(em, asset));
  expect(await kept(asset)).toBe(0);
});

test('sessions side by side do not share an identity map', async () => {
  const meet = meetingOf(2);
  const [first, second] = await Promise.all(
    ['first', 'second'].map((symbol) =>
      sessions.withoutTransaction(async ({ em }) => {
        const doge = await em.findOneOrFail(Asset, { asset: 'DOGE' });
        doge.symbol = symbol;
        await meet();
        return { doge, em, again: await em.findOneOrFail(Asset, { asset: 'DOGE' }) };
      }),
    ),
  );
  expect(first?.em).not.toBe(second?.em);
  expect(first?.again).toBe(first?.doge);
  expect([first?.doge.symbol, second?.doge.symbol]).toEqual(['first', 'second']);
  expect(await orm.em.fork().count(Asset, { asset: 'DOGE', symbol: 'DOGE' })).toBe(1);
});

test('the loser of a unique key is told that it is busy, with the cause kept for the log', async () => {
  const asset = aCoin();
  const meet = meetingOf(2);
  const outcomes = await Promise.allSettled(
    [1, 2].map(() =>
      sessions.inTransaction(async ({ em }) => {
        await meet();
        persistCoin(em, asset);
      }),
    ),
  );
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'system.busy', cause: expect.any(Error) },
  });
  expect(await kept(asset)).toBe(1);
});

test('the same is said when hand-written SQL meets the unique key', async () => {
  const insertLtc = sessions.inTransaction(({ em }) =>
    sql(em, `insert into assets (asset, chain, symbol, scale, enabled) values ('LTC', 'hashdam', 'LTC', 8, true)`),
  );
  await expect(insertLtc).rejects.toThrow(busy);
});

test('the victim of a deadlock is told that it is busy, and the other one commits', async () => {
  const meet = meetingOf(2);
  const lock = (one: string, other: string) =>
    sessions.inTransaction(async ({ em }) => {
      await setScale(em, one, 7);
      await meet();
      await setScale(em, other, 7);
    });
  const outcomes = await Promise.allSettled([lock('PEP', 'JKC'), lock('JKC', 'PEP')]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'system.busy' } });
});

test('a serialization failure is busy as well', async () => {
  const meet = meetingOf(2);
  const bump = () =>
    sessions.inTransaction(async ({ em }) => {
      await sql(em, 'set transaction isolation level serializable');
      await sql(em, `select scale from assets where asset = 'SHIC'`);
      await meet();
      await sql(em, `update assets set scale = 6 where asset = 'SHIC'`);
    });
  const outcomes = await Promise.allSettled([bump(), bump()]);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'system.busy' } });
});

test('what is refused only at commit is rolled back and says why', async () => {
  const id = newId();
  const oneLeg = sessions.inTransaction(({ em }) =>
    sql(
      em,
      `insert into ledger_transactions (id, kind, asset, source, reference, actor_type, actor_id, posted_at, effective_at)
       values (?, 'COLLECT', 'LTC', 's', 'r', 'system', 's', now(), now())`,
      [id],
    ),
  );
  await expect(oneLeg).rejects.toThrow(/is not balanced/);
  expect(await sql(orm.em.fork(), 'select 1 from ledger_transactions where id = ?', [id])).toEqual([]);
});

test('a connection cut in the middle leaves nothing behind, and the next session works', async () => {
  const asset = aCoin();
  const cut = sessions.inTransaction(async ({ em }) => {
    persistCoin(em, asset);
    await em.flush();
    const [row] = await sql<{ pid: number }>(em, 'select pg_backend_pid() as pid');
    await sql(orm.em.fork(), 'select pg_terminate_backend(?)', [row?.pid]);
    await setScale(em, 'LTC', 2);
  });
  await expect(cut).rejects.toThrow(busy);
  expect(await kept(asset)).toBe(0);
  await sessions.inTransaction(async ({ em }) => persistCoin(em, asset));
  expect(await kept(asset)).toBe(1);
});

test('a statement that takes too long is busy', async () => {
  const slow = sessions.inTransaction(async ({ em }) => {
    await sql(em, `set local statement_timeout = '10ms'`);
    await sql(em, 'select pg_sleep(5)');
  });
  await expect(slow).rejects.toThrow(busy);
});

test('a row that somebody holds for too long is busy, and nothing was written', async () => {
  const asset = aCoin();
  const [locked, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holding = sessions.inTransaction(async ({ em }) => {
    await setScale(em, 'LTC', 8);
    locked.resolve();
    await done.promise;
  });
  await locked.promise;
  const waiting = sessions.inTransaction(async ({ em }) => {
    persistCoin(em, asset);
    await em.flush();
    await sql(em, `set local lock_timeout = '20ms'`);
    await setScale(em, 'LTC', 7);
  });
  await expect(waiting).rejects.toThrow(busy);
  done.resolve();
  await holding;
  expect(await kept(asset)).toBe(0);
});

test('a transaction in which nothing happens for too long gives its locks back, and its late owner is told', async () => {
  const asset = aCoin();
  const stopped = sessions.inTransaction(async ({ em }) => {
    persistCoin(em, asset);
    await em.flush();
    await setScale(em, 'LTC', 7);
    await sql(em, `set local idle_in_transaction_session_timeout = '20ms'`);
    // Waits for the row, which nobody gives back.
    await sessions.inTransaction((other) => setScale(other.em, 'LTC', 8));
    await setScale(em, 'LTC', 7);
  });
  await expect(stopped).rejects.toThrow(busy);
  expect([await kept(asset), await orm.em.fork().count(Asset, { asset: 'LTC', scale: 8 })]).toEqual([0, 1]);
});

test('every connection waits for locks and for its owner only so long', async () => {
  const limits = `select current_setting('lock_timeout') as lock, current_setting('idle_in_transaction_session_timeout') as idle`;
  const signIn = signInPool(url);
  const kinds = [sql(orm.em.fork(), limits), signIn.query(limits).then(({ rows }) => rows)];
  expect(await Promise.all(kinds)).toEqual([[{ lock: '8s', idle: '15s' }], [{ lock: '8s', idle: '15s' }]]);
  await closeSignInPool(url);
});

test('a rollback that is refused takes its connection with it', async () => {
  const failing = () => sessions.inTransaction(() => Promise.reject(new Error('no')));
  let refused = '';
  const onMet = (text: string) => {
    refused = text;
  };
  for (let turn = 0; turn < POOL_MAX; turn += 1) {
    expect(await kept('LTC')).toBe(1);
    await expect(withFault({ at: 1, fault: 'raised', onMet }, failing)).rejects.toThrow('no');
    expect(refused).toBe('rollback');
  }
});

test('a statement still under way when the work fails is over before the connection is anybody else’s', async () => {
  const asset = aCoin();
  const left: Promise<unknown>[] = [];
  const failing = sessions.inTransaction(async ({ em }) => {
    persistCoin(em, asset);
    await em.flush();
    left.push(sql(em, 'select pg_sleep(0.05)'), setScale(em, asset, 1));
    throw new Error('not waited for');
  });
  await expect(failing).rejects.toThrow('not waited for');
  expect((await Promise.allSettled(left)).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  expect(await kept(asset)).toBe(0);
});

test('every connection goes back to the pool, however the session ends', async () => {
  for (let turn = 0; turn < POOL_MAX + 2; turn += 1) {
    const cut = sessions.inTransaction(async ({ em }) => {
      const [row] = await sql<{ pid: number }>(em, 'select pg_backend_pid() as pid');
      await sql(orm.em.fork(), 'select pg_terminate_backend(?)', [row?.pid]);
      await setScale(em, 'LTC', 2);
    });
    await expect(cut).rejects.toThrow(busy);
    await expect(sessions.inTransaction(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(sessions.inTransaction(({ em }) => sql(em, 'select nonsense'))).rejects.toThrow('nonsense');
  }
  expect(await kept('LTC')).toBe(1);
});
