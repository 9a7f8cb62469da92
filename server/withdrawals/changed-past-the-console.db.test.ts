import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { tampered } from '#server/testing/tampering.ts';
import { type Asked, approved, operatorOf, paidOut, purse, refusal, shown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const CHANGES: [string, string][] = [
  ['the amount', `amount = amount + 0.00000001`],
  ['the destination', `destination_address = 'thief@exchange.example'`],
  ['the member', `member_id = 'somebody-else'`],
  ['the policy', `policy_version = 'another'`],
  ['the revision', `revision = revision + 1`],
  ['the digest', `digest = repeat('0', 64)`],
];

/** Approved, changed in the database, and then it was to be sent. */
async function changed(change: string): Promise<Asked> {
  const request = await approved(app);
  await tampered(app, `update withdrawals set ${change} where id = $1`, [request.id]);
  await app.jobs.drain('payout.dispatch');
  expect(await shown(app, request)).toMatchObject({ status: 'approved', waitReason: 'contents_changed', attempts: [] });
  return request;
}

/** Open incidents about it, events that the alert channels carry, and what stands in the console as critical. */
async function toldOf({ id }: Asked): Promise<Record<string, number> | undefined> {
  const [told] = await app.sql<Record<string, number>>(
    `select count(*) filter (where e.for_people)::int as alerts,
       count(n.id) filter (where n.severity = 'critical')::int as listed,
       (select count(*) from incidents where kind = 'contents_changed' and subject = ? and closed_at is null)::int as open
     from notification_events e left join notifications n on n.id = e.id
     where e.withdrawal_id = ? and e.type = 'incident.opened'`,
    [id, id],
  );
  return told;
}

async function closedByTwo({ id: withdrawalId }: Asked): Promise<void> {
  const [incident] = await app.sql<{ id: string }>('select id from incidents where withdrawal_id = ?', [withdrawalId]);
  const call = { id: incident?.id ?? '', decision: 'close', note: 'asked who it was' } as const;
  for (const name of ['first', 'second'] as const) {
    await (await operatorOf(app, 'finance', name)).caller.incidents.decide(call);
  }
}

describe('an approved withdrawal that somebody changed in the database', () => {
  test.each(CHANGES)('%s: people are told at once and once, and it ends by rejecting it', async (_what, change) => {
    const request = await changed(change);
    expect(await toldOf(request)).toEqual({ alerts: 1, listed: 1, open: 1 });
    await app.jobs.hurry('payout.dispatch');
    expect(await toldOf(request)).toEqual({ alerts: 1, listed: 1, open: 1 });
    await (await operatorOf(app, 'admin')).caller.withdrawals.reject({ id: request.id, reason: 'it is not ours' });
    expect((await shown(app, request)).status).toBe('rejected');
    expect(await purse(app, request)).toBe('100/0/0/0');
    await closedByTwo(request);
    expect(await toldOf(request)).toEqual({ alerts: 1, listed: 1, open: 0 });
    expect(paidOut(app, request)).toEqual([]);
  });

  test.each([
    ['alone', `destination_address = 'thief@exchange.example'`],
    ['with another digest', `destination_address = 'thief@exchange.example', digest = repeat('1', 64)`],
  ])(
    'cannot be edited, changed %s: everybody would vote on the rest of what somebody wrote',
    async (_how, withItsDigest) => {
      const { id } = await changed(withItsDigest);
      const { caller } = await operatorOf(app, 'admin');
      const edit = caller.withdrawals.edit({ id, amount: '0.25', reason: 'less of it' });
      expect(await refusal(edit)).toBe('withdrawal.stale_digest');
      await caller.withdrawals.reject({ id, reason: 'it is not ours' });
    },
  );

  test('is not brought up again once people have closed it, while it says the same', async () => {
    const request = await changed(`destination_address = 'thief@exchange.example'`);
    await closedByTwo(request);
    await app.jobs.hurry('payout.dispatch');
    expect(await toldOf(request)).toEqual({ alerts: 1, listed: 1, open: 0 });
    await (await operatorOf(app, 'admin')).caller.withdrawals.reject({ id: request.id, reason: 'it is not ours' });
  });
});
