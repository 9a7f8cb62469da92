import { afterAll, beforeAll, expect, test } from 'vitest';
import { type NotificationBench, notificationBench } from '#server/testing/notifications.ts';
import { anOperator, PASSWORD, signIn } from '#server/testing/sign-in.ts';
import type { SignInView } from '../contract.ts';

let bench: NotificationBench;
beforeAll(async () => {
  bench = await notificationBench();
});
afterAll(() => bench.close());

async function history(cookie: string): Promise<SignInView[]> {
  const { sessionReader, sessions } = bench.app.container;
  const me = await sessionReader.read(cookie);
  if (!me) throw new Error('not signed in');
  return sessions.withoutTransaction(({ signInHistory }) => signInHistory.of(me.id));
}

test('who signs in from where they never have is told, by e-mail and nobody else, and sees it in their history', async () => {
  const kim = await anOperator(bench.app, 'support');
  await signIn(bench.app, kim);
  await signIn(bench.app, { ...kim, password: `not ${PASSWORD}` });
  const { cookie } = await signIn(bench.app, kim);
  expect((await history(cookie)).map(({ what }) => what)).toEqual(['new_device', 'signed_in', 'refused', 'signed_in']);

  await bench.deliver();
  const mails = bench.mail.mails.filter(({ to }) => to.includes(kim.email));
  expect(mails).toHaveLength(1);
  expect(mails[0]?.to).toEqual([kim.email]);
  expect(bench.alerts.taken.filter(({ body }) => body.includes('새 기기'))).toEqual([]);
});

test('nobody sees the history of somebody else', async () => {
  const [kim, lee] = [await anOperator(bench.app, 'support'), await anOperator(bench.app, 'support')];
  await signIn(bench.app, kim);
  const { cookie } = await signIn(bench.app, lee);
  expect(await history(cookie)).toHaveLength(1);
});
