import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { type Asked, asked, operatorOf, platformOf, refusal } from '#server/testing/withdrawals.ts';
import { figure, sized } from '../../scripts/prove/size.ts';

let app: TestApplication;
beforeAll(async () => {
  // Two people from 1 LTC on.
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

interface Person {
  readonly id: string;
  readonly who: string;
  readonly caller: Caller;
}

async function everybody(): Promise<Person[]> {
  const roles = ['support', 'auditor', 'finance', 'finance', 'admin', 'admin'] as const;
  return Promise.all(
    roles.map(async (role, index) => {
      const { id, caller } = await operatorOf(app, role, `${index}`);
      return { id, who: `${role} ${index}`, caller };
    }),
  );
}

/** Everybody tries in turn, twice, from this person on, until it is approved; resolves to whose votes were taken. */
async function votesTaken({ id, digest }: Asked, people: readonly Person[], from: number): Promise<string[]> {
  const turn = [...people.slice(from), ...people.slice(0, from)].flatMap((person) => [person, person]);
  const taken: string[] = [];
  for (const person of turn) {
    const code = await refusal(
      person.caller.withdrawals.approve({ id, digest }).then(({ status }) => {
        taken.push(person.id);
        if (status === 'approved') throw new Error('approved');
      }),
    );
    if (code === 'untyped: Error: approved') return taken;
    expect(code).toMatch(/^(none|auth\.forbidden|withdrawal\.(self_approval|duplicate_vote|already_decided))$/);
  }
  return taken;
}

const UNDER_QUORUM = `
  select a.id from payout_attempts a join withdrawals w on w.id = a.withdrawal_id
  where (select count(distinct v.operator_id) from withdrawal_approvals v join operators o on o.id = v.operator_id
      where v.withdrawal_id = w.id and v.revision = w.revision and o.role in ('finance', 'admin')
        and not (w.requested_by_type = 'operator' and w.requested_by_id = v.operator_id))
    < case when w.amount < 1 then 1 else 2 end`;

test('nothing is paid below its quorum, whoever asked, votes first, and how often anybody tries', async () => {
  const people = await everybody();
  const platform = await platformOf(app);
  const requesters = [...people.slice(2), { id: platform.id, who: 'platform', caller: platform.caller }];
  const starts = sized([3], [0, 1, 2, 3, 4, 5]);
  let tried = 0;
  for (const by of sized(requesters.slice(1, 5), requesters)) {
    for (const amount of ['0.99999999', '1', '1.00000001']) {
      for (const from of starts) {
        const request = await asked(app, { amount, by: by.caller });
        const taken = await votesTaken(request, people, from);
        expect(new Set(taken).size).toBe(taken.length);
        expect(taken).toHaveLength(amount.startsWith('0.') ? 1 : 2);
        expect(taken).not.toContain(by.id);
        tried += 1;
      }
    }
  }
  await app.jobs.hurry('payout.dispatch');
  const attempts = await app.sql('select 1 from payout_attempts');
  expect(attempts.length).toBeGreaterThan(0);
  expect(await app.sql(UNDER_QUORUM)).toEqual([]);
  figure(`${tried} mixes of requester, amount and voters: 0 of ${attempts.length} payouts under quorum`);
}, 300_000);
