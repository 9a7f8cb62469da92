import { afterAll, beforeAll, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { Bookings } from '#server/testing/bookings.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { requested } from '#server/testing/members.ts';
import { ALARMS, type Breach, breachesOf, LEDGER_RULES, WITHDRAWAL_RULES } from './invariants.ts';

const RULES = { ...LEDGER_RULES, ...WITHDRAWAL_RULES, ...ALARMS };
let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
  await app.sql(`insert into ledger_totals (asset, bucket, amount) values ('DOGE', 'company', 0)`);
  await new Bookings(app).collect('2026-03-01', Amount.parse('LTC', '500'), newId());
  const { id } = await requested(app, { amount: '0.31' });
  await requested(app, { amount: '0.32' });
  const finance = await app.signedInAs('finance');
  const { digest } = await finance.caller.withdrawals.get({ id });
  await finance.caller.withdrawals.approve({ id, digest });
  await app.jobs.drain('payout.dispatch');
  await app.jobs.hurry('payout.look-up');
  await expectBooksBalanced(app);
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

class RolledBack extends Error {}

/** What the rules find after something was done past every guard; nothing of it stays. */
async function foundAfter(...statements: readonly string[]): Promise<Breach[]> {
  let found: Breach[] = [];
  const planted = app.container.orm.em.fork().transactional(async (em) => {
    await em.execute('set local session_replication_role = replica');
    for (const text of statements) await em.execute(text);
    found = await breachesOf((text) => em.execute(text), RULES);
    throw new RolledBack();
  });
  await expect(planted).rejects.toThrow(RolledBack);
  return found;
}

const COMPLETED = `(select id from withdrawals where status = 'completed')`;
const ATTEMPT = `(select id from payout_attempts where status = 'confirmed')`;
const OWN = `(select member_id from withdrawals where status = 'completed')`;

/** A transaction of this kind whose legs go from `credit` to `debit`. */
function booked(
  kind: string,
  [debit, credit]: readonly string[] = ['company', 'pool:hashdam'],
  more: Record<string, string> = {},
): string[] {
  const id = `'${newId()}'`;
  const columns = { withdrawal_id: 'gen_random_uuid()', attempt_id: 'gen_random_uuid()', revision: '1', ...more };
  const leg = (code: string, amount: number) =>
    `insert into ledger_entries (id, transaction_id, code, asset, amount, xact)
     values (gen_random_uuid(), ${id}, '${code}', 'LTC', ${amount}, pg_current_xact_id())`;
  return [
    `insert into ledger_transactions (id, kind, asset, actor_type, actor_id, posted_at, effective_at, source, reference,
       ${Object.keys(columns).join(', ')})
     values (${id}, '${kind}', 'LTC', 'system', 'planted', now(), now(), 'planted', 'planted', ${Object.values(columns).join(', ')})`,
    ...(debit && credit ? [leg(debit, 1000), leg(credit, -1000)] : []),
  ];
}

const A_LEG = `insert into ledger_entries (id, transaction_id, code, asset, amount, xact)
  select gen_random_uuid(), transaction_id, 'company', 'LTC', 1, xact from ledger_entries where code = 'company' limit 1`;

const PLANTED: Readonly<Record<string, readonly string[]>> = {
  'a transaction that does not sum to zero': [A_LEG],
  'a transaction without two entries of its own asset': booked('COLLECT', []),
  'an asset that does not sum to zero': [A_LEG],
  'a kept balance that is not the sum of its entries': ['update ledger_balances set balance = balance + 1e-18'],
  'a guarded account without a kept balance, or a kept balance without one': ['delete from ledger_balances'],
  'a balance below zero': [
    'alter table ledger_balances drop constraint ledger_balances_balance_check',
    'update ledger_balances set balance = -1e-18',
  ],
  'a debt or gas below zero': [
    `insert into ledger_accounts (code, asset, bucket, member_id) values ('receivable:user:m', 'LTC', 'receivable', 'm')`,
    ...booked('COLLECT', ['company', 'receivable:user:m'], { member_id: `'m'` }),
  ],
  'a total that is not the sum of its entries': [
    `insert into ledger_totals (asset, bucket, amount) values ('LTC', 'company', 1)
     on conflict (asset, bucket) do update set amount = ledger_totals.amount + 1`,
  ],
  'an account in an asset of the other family': [
    `insert into ledger_accounts (code, asset, bucket) values ('chain:fee', 'LTC', 'chain:fee')`,
  ],
  'an entry of somebody else’s account': [`update ledger_transactions set member_id = 'thief' where kind = 'HOLD'`],
  'a credit of which more was reversed than it gave': booked('REVERSE', ['company', 'undistributed'], {
    reverses_id: `(select id from ledger_transactions where kind = 'CREDIT' limit 1)`,
    member_id: OWN,
  }),
  'an attempt that ended twice': [
    'drop index ledger_transactions_closes_once',
    ...booked('RETURN', undefined, { attempt_id: ATTEMPT, withdrawal_id: COMPLETED }),
  ],
  'a payment of an attempt that was never dispatched': booked('SETTLE'),
  'a return of an attempt that was never dispatched': booked('RETURN'),
  'a late payment of an attempt that was never returned': booked('LATE'),
  'a payment taken back that was never made': booked('UNSETTLE'),
  'a release without its hold': booked('RELEASE'),
  'held that no waiting withdrawal explains': [`update withdrawals set status = 'cancelled' where status = 'pending'`],
  'in flight that no open attempt explains': [`update payout_attempts set status = 'unknown', ended_at = null`],
  'payable that no completed withdrawal explains': [
    `update withdrawals set status = 'failed' where status = 'completed'`,
  ],
  'an attempt whose status and postings disagree': [`update payout_attempts set status = 'not_executed'`],
  coin_owed_beyond_held: booked('COLLECT', ['loss', 'company']),
  wallet_owes_beyond_chain: [
    `insert into ledger_accounts (code, asset, bucket, wallet_id)
     select 'gas:' || id, 'LTC', 'gas', id from (select gen_random_uuid() as id) w`,
    `insert into ledger_entries (id, transaction_id, code, asset, amount)
     select gen_random_uuid(), gen_random_uuid(), code, asset, -1 from ledger_accounts where bucket = 'gas'`,
  ],
  coin_credited_beyond_mined: booked('COLLECT', ['undistributed', 'company']),
  suspense_unexplained: [
    `insert into ledger_accounts (code, asset, bucket) values ('suspense:mblock', 'LTC', 'suspense:mblock')`,
    ...booked('SHORT', ['suspense:mblock', 'company'], {
      incident_id: 'gen_random_uuid()',
      wallet_id: 'gen_random_uuid()',
    }),
  ],
};

test('every rule has something planted that breaks it', () => {
  expect(Object.keys(PLANTED).toSorted()).toEqual(Object.keys(RULES).toSorted());
});

test.each(Object.keys(PLANTED))('%s is found', async (rule) => {
  const before = await breachesOf((text) => app.sql(text), RULES);
  expect(before.map((each) => each.rule)).not.toContain(rule);
  const found = await foundAfter(...(PLANTED[rule] ?? []));
  expect(found.map((each) => each.rule)).toContain(rule);
});
