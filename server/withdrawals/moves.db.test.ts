import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WORKER } from '#server/jobs/job-context.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { approved, asked, bookings, fenced, operatorOf, refusal, shown } from '#server/testing/withdrawals.ts';
import { ATTEMPT_MOVES } from './attempt-moves.ts';
import { ATTEMPT_STATUSES, WITHDRAWAL_STATUSES } from './statuses.ts';
import { WITHDRAWAL_MOVES } from './withdrawal-moves.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(() => app.close());

const pairsOf = <Word extends string>(words: readonly Word[]) =>
  words.flatMap((from) => words.filter((to) => to !== from).map((to): readonly [Word, Word] => [from, to]));

/** Whether the database takes the move, tried with raw SQL and taken back; triggers are off while the row is set up. */
async function databaseTakes(table: string, id: string, [from, to]: readonly [string, string]): Promise<boolean> {
  const em = app.container.orm.em.fork();
  await em.begin();
  try {
    await em.execute(`alter table ${table} disable trigger user`);
    const named = table === 'payout_attempts' ? `, reference = 'W-moves', token = 'T'` : '';
    const ended = (status: string) => (['not_executed', 'confirmed'].includes(status) ? 'now()' : 'null');
    const with_ = (status: string) => (table === 'payout_attempts' ? `${named}, ended_at = ${ended(status)}` : '');
    await em.execute(`update ${table} set status = ?${with_(from)} where id = ?`, [from, id]);
    await em.execute(`alter table ${table} enable trigger user`);
    await em.execute(`update ${table} set status = ?${with_(to)} where id = ?`, [to, id]);
    return true;
  } catch (error) {
    expect(String(error)).toContain(`cannot go from ${from} to ${to}`);
    return false;
  } finally {
    await em.rollback();
  }
}

describe('the database moves a status along the drawn graph or not at all', () => {
  test('a withdrawal: every pair of statuses, by raw SQL', async () => {
    const { id } = await asked(app);
    for (const pair of pairsOf(WITHDRAWAL_STATUSES)) {
      const drawn = WITHDRAWAL_MOVES.some(({ from, to }) => from.includes(pair[0]) && to === pair[1]);
      expect([...pair, await databaseTakes('withdrawals', id, pair)]).toEqual([...pair, drawn]);
    }
  });

  test('an attempt: every pair of statuses, by raw SQL', async () => {
    const order = await fenced(app, await approved(app));
    const id = order?.attemptId ?? '';
    for (const pair of pairsOf(ATTEMPT_STATUSES)) {
      const drawn = ATTEMPT_MOVES.some(({ from, to }) => from.includes(pair[0]) && to === pair[1]);
      expect([...pair, await databaseTakes('payout_attempts', id, pair)]).toEqual([...pair, drawn]);
    }
  });

  test.each(['amount = amount + 1', `asset = 'DOGE'`, `to_address = 'x'`, `callback_hash = repeat('a', 64)`, 'no = 9'])(
    'what an attempt was sent for stays: %s is refused',
    async (change) => {
      const order = await fenced(app, await approved(app));
      const raw = app.sql(`update payout_attempts set ${change} where id = ?`, [order?.attemptId]);
      await expect(raw).rejects.toThrow(/append-only/);
    },
  );

  test.each(['withdrawals', 'payout_attempts'])('nothing is deleted from %s', async (table) => {
    await expect(app.sql(`delete from ${table}`)).rejects.toThrow(/append-only/);
  });
});

describe('while an attempt may still pay', () => {
  const sending = async () => {
    const request = await approved(app);
    await fenced(app, request);
    return request;
  };

  const guarded = WITHDRAWAL_MOVES.filter(
    ({ nothingOpen, from, event }) => nothingOpen && from.includes('approved') && event !== 'dispatch',
  );
  test.each(guarded.map(({ event }) => event))('%s is refused by whoever takes the row', async (event) => {
    const { id } = await sending();
    const moved = app.container.sessions.inTransaction(async ({ paying: { withdrawals, mover } }) => {
      await mover.move(await withdrawals.lock(id), event, { by: WORKER, reason: 'a service that forgot to ask' });
    });
    expect(await refusal(moved)).toBe('withdrawal.already_dispatched');
    expect(await bookings(app, { id })).toEqual({ HOLD: 1, DISPATCH: 1 });
  });

  test.each(['pending', 'retrying', 'completed', 'failed', 'rejected', 'cancelled'])(
    'the database does not take it to %s',
    async (status) => {
      const { id } = await sending();
      await expect(app.sql('update withdrawals set status = ? where id = ?', [status, id])).rejects.toThrow(
        /while an attempt may still pay/,
      );
    },
  );

  test('a "no" of the outside service comes too late, and says so', async () => {
    const request = await sending();
    await app.sql('insert into risk_screenings (withdrawal_id, revision, asked_at) values (?, 1, now())', [request.id]);
    const answer = { kind: 'verdict', verdict: 'refuse', reference: null, reason: 'on a list' } as const;
    await app.container.sessions.inTransaction(({ withdrawalScreening }) =>
      withdrawalScreening.take(request.id, { revision: 1, answer }, WORKER),
    );
    expect((await shown(app, request)).status).toBe('approved');
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1 });
    const { caller } = await operatorOf(app);
    const { rows } = await caller.risk.findings({ withdrawalId: request.id });
    expect(rows.map(({ rule, result }) => `${rule} ${result}`)).toEqual(['screening refuse']);
  });
});
