import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { type Asked, approved, asked, operatorOf, submitted } from '#server/testing/withdrawals.ts';
import type { FreezeTarget } from './contract.ts';

let app: TestApplication;
let waiting: Asked;
let doge: Asked;
let sent: Asked;
beforeAll(async () => {
  app = await testApplication({ hashdam: { settleAfterMs: 60_000 } });
  sent = await submitted(app, { amount: '0.5' });
  await asked(app);
  waiting = await approved(app, { amount: '0.25' });
  doge = await approved(app, { asset: 'DOGE', amount: '3' });
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const drill = async (target: FreezeTarget) => (await operatorOf(app, 'support')).caller.system.drill(target);
const ids = (part: { items: readonly { id: string }[] }) => part.items.map(({ id }) => id);

describe('a drill', () => {
  test('lists what a freeze of everything would stop, and what it could not stop any more, with sums', async () => {
    const { stopped, beyond } = await drill({ scope: 'all' });
    expect(ids(stopped)).toEqual([waiting.id, doge.id]);
    expect(stopped.sums).toEqual([
      { asset: 'DOGE', count: 1, amount: '3' },
      { asset: 'LTC', count: 1, amount: '0.25' },
    ]);
    expect(beyond).toMatchObject({
      count: 1,
      sums: [{ asset: 'LTC', count: 1, amount: '0.5' }],
      items: [{ id: sent.id, status: 'submitted' }],
    });
  });

  test.each<[FreezeTarget, number, number]>([
    [{ scope: 'provider', target: 'hashdam' }, 2, 1],
    [{ scope: 'provider', target: 'mblock' }, 0, 0],
    [{ scope: 'asset', target: 'LTC' }, 1, 1],
    [{ scope: 'asset', target: 'DOGE' }, 1, 0],
    [{ scope: 'wallet', target: '01990000-0000-7000-8000-000000000000' }, 0, 0],
  ])('of %j covers that alone', async (target, stopped, beyond) => {
    const view = await drill(target);
    expect([view.stopped.count, view.beyond.count]).toEqual([stopped, beyond]);
  });

  test('changes nothing: what it lists is sent', async () => {
    await drill({ scope: 'all' });
    expect((await (await operatorOf(app)).caller.system.status({})).freezes).toEqual([]);
    await app.jobs.hurry('payout.dispatch');
    const { stopped, beyond } = await drill({ scope: 'all' });
    expect([stopped.count, ids(beyond).toSorted()]).toEqual([0, [sent.id, waiting.id, doge.id].toSorted()]);
  });
});
