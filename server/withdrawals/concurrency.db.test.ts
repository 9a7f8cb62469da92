import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { aMember, credited } from '#server/testing/members.ts';
import {
  anAmount,
  approved,
  asked,
  bookings,
  domainCodeOf,
  operatorOf,
  paidOut,
  platformOf,
  purse,
  shown,
  whateverMayCome,
} from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
  // People first: a password hash costs more than all that is raced here.
  await Promise.all([
    operatorOf(app, 'finance', 'first'),
    operatorOf(app, 'finance', 'second'),
    operatorOf(app, 'admin'),
  ]);
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

/** How many calls ended how: by the status they answered, or by the code they were refused with. */
async function tally(calls: readonly Promise<{ status: string }>[]): Promise<Record<string, number>> {
  const endings = await Promise.all(calls.map((call) => call.then(({ status }) => status, domainCodeOf)));
  const counts: Record<string, number> = {};
  for (const ending of endings) counts[ending] = (counts[ending] ?? 0) + 1;
  return counts;
}

const auditRows = (id: string, action: string) =>
  app.sql('select actor_id from audit_events where subject_id = ? and action = ?', [id, action]);

describe('fifty approvals at once by two people', () => {
  const fifty = async ({ id, digest }: { id: string; digest: string }) => {
    const callers = [await operatorOf(app, 'finance', 'first'), await operatorOf(app, 'finance', 'second')];
    return tally(
      Array.from({ length: 50 }, (_, at) =>
        (callers[at % 2] ?? callers[0])?.caller.withdrawals.approve({ id, digest }),
      ).filter((call) => call !== undefined),
    );
  };

  test('of one that needs one: one approves, all others are told that it is decided; it is paid once', async () => {
    const request = await asked(app);
    expect(await fifty(request)).toEqual({ approved: 1, 'withdrawal.already_decided': 49 });
    await app.jobs.drain('payout.dispatch');
    await whateverMayCome(app);
    expect(paidOut(app, request)).toHaveLength(1);
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1, SETTLE: 1 });
    expect(await auditRows(request.id, 'withdrawal.approved')).toHaveLength(1);
    expect(await auditRows(request.id, 'payout.dispatched')).toHaveLength(1);
  });

  test('of one that needs two: one vote each, one audit row for each vote, one payout', async () => {
    const request = await asked(app, { amount: '1.25' });
    const counts = await fifty(request);
    expect(counts).toMatchObject({ approved_pending: 1, approved: 1 });
    const { approved_pending: _one, approved: _two, ...refused } = counts;
    expect(Object.keys(refused).every((code) => /^withdrawal\.(duplicate_vote|already_decided)$/.test(code))).toBe(
      true,
    );
    expect(Object.values(refused).reduce((sum, count) => sum + count, 0)).toBe(48);
    const voters = await auditRows(request.id, 'withdrawal.approved');
    expect(new Set(voters.map((row) => JSON.stringify(row))).size).toBe(2);
    expect(voters).toHaveLength(2);
    await whateverMayCome(app);
    expect(paidOut(app, request)).toHaveLength(1);
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1, SETTLE: 1 });
  });
});

describe('approve against reject', () => {
  test('25 of each at once: one decision, the losers are told, the money is freed exactly once or not at all', async () => {
    const [one, two] = [await operatorOf(app, 'finance', 'first'), await operatorOf(app, 'finance', 'second')];
    for (let round = 0; round < 5; round += 1) {
      const request = await asked(app);
      const { id, digest } = request;
      const counts = await tally(
        Array.from({ length: 50 }, (_, at) =>
          at % 2 === round % 2
            ? one.caller.withdrawals.approve({ id, digest })
            : two.caller.withdrawals.reject({ id, reason: 'no' }),
        ),
      );
      const { status } = await shown(app, request);
      // An approved one may still be rejected while it is not being sent; a rejected one is never approved.
      expect(status).toBe('rejected');
      expect(counts['rejected']).toBe(1);
      expect(counts['approved'] ?? 0).toBeLessThanOrEqual(1);
      const decided = 50 - 1 - (counts['approved'] ?? 0);
      expect(counts['withdrawal.already_decided']).toBe(decided);
      await app.jobs.drain('payout.dispatch');
      expect(paidOut(app, request)).toHaveLength(0);
      expect(await bookings(app, request)).toEqual({ HOLD: 1, RELEASE: 1 });
      expect(await purse(app, request)).toBe('100/0/0/0');
    }
  });

  test('rejections, cancellations and the worker at once: sent, or ended without a payment', async () => {
    const { caller } = await operatorOf(app, 'admin');
    const platform = await platformOf(app);
    for (let round = 0; round < 4; round += 1) {
      const request = await approved(app);
      const { id } = request;
      const dispatched = app.jobs.drain('payout.dispatch');
      const counts = await tally([
        ...Array.from({ length: 8 }, () => caller.withdrawals.reject({ id, reason: 'stop' })),
        ...Array.from({ length: 8 }, () => platform.caller.withdrawals.cancel({ id })),
      ]);
      await dispatched;
      const ended = (counts['rejected'] ?? 0) + (counts['cancelled'] ?? 0);
      expect(paidOut(app, request)).toHaveLength(1 - ended);
      const { RELEASE = 0, DISPATCH = 0 } = await bookings(app, request);
      expect([RELEASE, DISPATCH]).toEqual([ended, 1 - ended]);
    }
  });

  test('approve racing expiry: approved, or cancelled; never both', async () => {
    const { caller } = await operatorOf(app, 'finance', 'first');
    const requests = await Promise.all(Array.from({ length: 6 }, () => asked(app)));
    await app.sql(
      `update withdrawals set expires_at = now() + interval '40 milliseconds' where id in (${requests.map(() => '?')})`,
      requests.map(({ id }) => id),
    );
    const approvals = requests.map(({ id, digest }) => caller.withdrawals.approve({ id, digest }));
    const [counts] = await Promise.all([tally(approvals), app.jobs.hurry('withdrawal.expire')]);
    expect(
      Object.keys(counts).every((ending) => /^(approved|withdrawal\.(expired|already_decided))$/.test(ending)),
    ).toBe(true);
    await app.jobs.hurry('withdrawal.expire');
    for (const request of requests) {
      const { status } = await shown(app, request);
      expect(await bookings(app, request)).toEqual(status === 'cancelled' ? { HOLD: 1, RELEASE: 1 } : { HOLD: 1 });
    }
  });
});

describe('scenario 4: requests race for the same coins', () => {
  test('10 twice at once with 15 available: one is refused, 5 are left', async () => {
    const member = { memberId: aMember(), asset: 'PEP' };
    await credited(app, { ...member, amount: '15' });
    const { caller } = await platformOf(app);
    const ask = () => caller.withdrawals.request({ ...member, amount: '10', idempotencyKey: newId() });
    expect(await tally([ask(), ask()])).toEqual({ pending: 1, 'ledger.insufficient_funds': 1 });
    expect(await caller.ledger.balances({ memberId: member.memberId })).toEqual([
      { asset: 'PEP', available: '5', held: '10', inFlight: '0', payable: '0' },
    ]);
  });

  test('20 at once with coins for 7: seven are held, not one coin more', async () => {
    const member = { memberId: aMember(), asset: 'PEP' };
    await credited(app, { ...member, amount: '7.9' });
    const { caller } = await platformOf(app);
    const counts = await tally(
      Array.from({ length: 20 }, () => caller.withdrawals.request({ ...member, amount: '1', idempotencyKey: newId() })),
    );
    expect(counts).toEqual({ pending: 7, 'ledger.insufficient_funds': 13 });
  });

  test('the same request ten times at once under one key is one withdrawal and one reply', async () => {
    const member = { memberId: aMember(), asset: 'PEP' };
    await credited(app, { ...member, amount: '100' });
    const { caller } = await platformOf(app);
    const wish = { ...member, amount: anAmount(), idempotencyKey: newId() };
    const replies = await Promise.all(Array.from({ length: 10 }, () => caller.withdrawals.request(wish)));
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
    const rows = await app.sql('select id from withdrawals where member_id = ?', [member.memberId]);
    expect(rows).toHaveLength(1);
  });
});
