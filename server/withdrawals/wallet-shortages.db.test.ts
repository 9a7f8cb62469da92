import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { somebodyWaits } from '#server/testing/locks.ts';
import { companySide, observe, observedTwice, openIncident } from '#server/testing/wallet-looks.ts';
import { aFundedWallet, onChain, timePasses, USDT, walletPurse } from '#server/testing/wallet-payouts.ts';
import { operatorOf } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

test('what is written off at the very moment at which it comes back is taken out of suspense once', async () => {
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  onChain(app, wallet, { usdt: '40' });
  await observedTwice(app, wallet);
  const call = {
    id: await openIncident(app, wallet, 'short_funds'),
    decision: 'write_off' as const,
    note: 'nobody knows',
  };
  const [first, second] = [await operatorOf(app), await operatorOf(app, 'finance', 'second')];
  await first.caller.incidents.decide(call);
  onChain(app, wallet, { usdt: '46' });
  await observe(app, wallet);
  await timePasses(app, 20);

  const [written, mayCommit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const by = { type: 'operator', id: second.id, role: 'finance', sessionId: newId() } as const;
  const writingOff = app.container.sessions.inTransaction(async ({ incidentDecisions }) => {
    await incidentDecisions.decide(call, by);
    written.resolve();
    await mayCommit.promise;
  });
  await written.promise;
  const observing = observe(app, wallet);
  await somebodyWaits(app, observing);
  mayCommit.resolve();
  await Promise.all([writingOff, observing]);

  expect(await companySide(app, wallet)).toEqual({ loss: '10' });
  expect(await walletPurse(app, wallet, USDT)).toBe('46/56/0/0');
});
