import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { WELL_FORMED_ABOUT_PEOPLE, WELL_FORMED_ABOUT_RULES } from '#server/testing/well-formed.ts';
import { asked, operatorOf, platformOf } from '#server/testing/withdrawals.ts';
import { appRouter } from './root.ts';

type Input = Readonly<Record<string, unknown>>;
let app: TestApplication;
let pending = '';
beforeAll(async () => {
  app = await testApplication();
  pending = (await asked(app)).id;
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const move = { walletId: newId(), to: `0x${'0'.repeat(40)}`, amount: '1', asset: 'BSC:BNB' };
const sort = { by: 'requestedAt', dir: 'desc' };
/** An input of each procedure that is well-formed and changes nothing as it stands; each field is then spoiled in turn. */
const WELL_FORMED: Readonly<Record<string, () => Input>> = {
  ...WELL_FORMED_ABOUT_PEOPLE,
  ...WELL_FORMED_ABOUT_RULES,
  'withdrawals.list': () => ({
    filter: { status: ['pending'], kind: 'mining', memberId: 'm', asset: 'LTC', from: INSTANT, to: INSTANT, q: 'x' },
    sort,
    cursor: null,
    limit: 10,
  }),
  'allowList.list': () => ({ filter: { asset: 'LTC', removed: true }, cursor: null, limit: 10 }),
  'allowList.add': () => ({ asset: 'LTC', address: 'a', label: 'l', note: 'n' }),
  'withdrawals.get': () => ({ id: newId() }),
  'withdrawals.waiting': () => ({}),
  'withdrawals.request': () => ({
    memberId: 'nobody',
    asset: 'LTC',
    amount: '1',
    reference: 'r',
    idempotencyKey: newId(),
  }),
  'withdrawals.approve': () => ({ id: pending, digest: '0'.repeat(64), onBehalfOf: newId(), note: 'n' }),
  'withdrawals.reject': () => ({ id: newId(), reason: 'because' }),
  'withdrawals.cancel': () => ({ id: newId() }),
  'withdrawals.hold': () => ({ id: newId(), reason: 'compliance', note: 'n' }),
  'withdrawals.release': () => ({ id: newId() }),
  'withdrawals.note': () => ({ id: newId(), text: 't' }),
  'withdrawals.edit': () => ({ id: newId(), amount: '1', reason: 'because' }),
  'withdrawals.retry': () => ({ id: newId() }),
  'withdrawals.evidence': () => ({ id: newId() }),
  'withdrawals.attachEvidence': () => ({ id: newId(), attemptId: newId(), name: 'list', text: 'nothing there' }),
  'withdrawals.recheck': () => ({ id: newId() }),
  'withdrawals.escalate': () => ({ id: newId(), note: 'n' }),
  'withdrawals.resolve': () => ({
    id: newId(),
    outcome: 'paid',
    payAgain: false,
    reference: 'r',
    evidence: [newId()],
    note: 'n',
  }),
  'exceptions.list': () => ({ filter: 'unknown', cursor: null, limit: 10 }),
  'decisions.open': () => ({ subjectId: newId() }),
  'decisions.people': () => ({}),
  'decisions.withdraw': () => ({ id: newId() }),
  'withdrawals.reportPaid': () => ({ id: newId(), reference: 'r', paidAt: INSTANT, idempotencyKey: newId() }),
  'incidents.list': () => ({ filter: { open: true, kind: 'late_success' }, cursor: null, limit: 10 }),
  'incidents.get': () => ({ id: newId() }),
  'incidents.decide': () => ({ id: newId(), decision: 'unsettle', note: 'n', coinsBack: true, back: '1' }),
  'ledger.takeBack': () => ({ transactionId: newId(), amount: '1', reference: 'r', note: 'n' }),
  'ledger.adjust': () => ({
    asset: 'LTC',
    amount: '1',
    debit: { of: 'company', account: 'loss' },
    credit: { of: 'member', account: 'available', memberId: 'm' },
    incidentId: newId(),
    note: 'n',
  }),
  'wallets.create': () => ({ memberId: '', idempotencyKey: newId() }),
  'wallets.list': () => ({ filter: { memberId: 'm', status: 'active', q: 'x' }, cursor: null, limit: 10 }),
  'wallets.get': () => ({ id: newId() }),
  'wallets.balance': () => ({ walletId: newId(), asset: 'BSC:BNB' }),
  'wallets.rotation': () => ({ walletId: newId() }),
  'wallets.rotateKey': () => ({ walletId: newId(), acceptBalance: true, note: 'note' }),
  'wallets.resume': () => ({ walletId: newId(), note: 'note' }),
  'wallets.bookDeposit': () => ({
    ...{ walletId: newId(), asset: 'BSC:BNB', amount: '1', reference: 'r', credited: true, note: 'note' },
  }),
  'wallets.probeKey': () => ({ walletId: newId() }),
  'wallets.transactions': () => ({ walletId: newId(), cursor: null, limit: 10 }),
  'wallets.transfer': () => ({ ...move, idempotencyKey: newId() }),
  'wallets.transit': () => ({ ...move, idempotencyKey: newId() }),
  'reconciliation.runs': () => ({ cursor: null, limit: 10 }),
  'reconciliation.differences': () => ({ filter: { state: 'open', kind: 'extra', runId: newId() }, limit: 10 }),
  'reconciliation.run': () => ({ from: 'never', to: 'never' }),
  'reconciliation.candidates': () => ({ id: newId() }),
  'reconciliation.explain': () => ({ id: newId(), note: 'n' }),
  'mining.collect': () => ({ from: 'never', to: 'never' }),
  'ledger.credit': () => ({ memberId: 'm', asset: 'NOCOIN', amount: '1', reference: 'r', idempotencyKey: newId() }),
  'ledger.reverse': () => ({ transactionId: newId(), amount: '1', reference: 'r', idempotencyKey: newId() }),
  'ledger.balances': () => ({ memberId: 'nobody', at: INSTANT }),
  'ledger.walletBalances': () => ({ walletId: newId(), at: INSTANT }),
  'ledger.statement': () => ({ memberId: 'nobody', asset: 'LTC', cursor: null, limit: 10 }),
  'ledger.transaction': () => ({ id: newId() }),
  'assets.list': () => ({}),
  'assets.register': () => ({ symbol: '', contract: move.to, scale: 18 }),
  'stepUp.begin': () => ({ action: 'nothing.at.all', input: {} }),
  'stepUp.confirm': () => ({ challenge: 'none', code: '00000x' }),
  'apiKeys.create': () => ({
    name: 'n',
    scopes: [],
    expiresAt: INSTANT,
    addresses: ['10.1.0.0/16'],
    callsPerMinute: 60,
  }),
  'apiKeys.rotate': () => ({ id: newId(), overlapHours: 1 }),
  'apiKeys.change': () => ({
    id: newId(),
    name: 'n',
    addresses: ['10.1.0.0/16'],
    callsPerMinute: 60,
    expiresAt: INSTANT,
  }),
  'apiKeys.list': () => ({}),
  'apiKeys.revoke': () => ({ id: newId() }),
  'notifications.list': () => ({ filter: { view: 'all', severity: ['critical'] }, cursor: null, limit: 10 }),
  'notifications.unread': () => ({}),
  'notifications.assignees': () => ({}),
  'notifications.deliveries': () => ({ id: newId() }),
  'notifications.acknowledge': () => ({ id: newId() }),
  'notifications.assign': () => ({ id: newId(), operatorId: newId() }),
  'notifications.escalate': () => ({ id: newId() }),
  'notifications.resend': () => ({ id: newId() }),
  'webhooks.list': () => ({}),
  'webhooks.create': () => ({ url: 'http://10.0.0.1/', description: 'd', eventTypes: ['withdrawal.failed'] }),
  'webhooks.revoke': () => ({ id: newId() }),
  'webhooks.rotateSecret': () => ({ id: newId() }),
  'webhooks.test': () => ({ id: newId() }),
  'webhooks.deliveries': () => ({ id: newId(), cursor: null, limit: 10 }),
  'webhooks.resend': () => ({ id: newId() }),
  'system.status': () => ({}),
  'system.freezes': () => ({}),
  'system.drill': () => ({ scope: 'asset', target: 'LTC' }),
  'system.freeze': () => ({ scope: 'asset', target: 'NOCOIN', reason: 'because' }),
  'system.unfreeze': () => ({ id: newId(), reason: 'because' }),
  'system.resumeProvider': () => ({ provider: 'none', reason: 'because' }),
};
const INSTANT = '2026-03-01T00:00:00Z';

const WRONG_TYPES: readonly unknown[] = [
  null,
  true,
  12_345,
  1.5,
  Number.MAX_SAFE_INTEGER,
  -1,
  0,
  {},
  [],
  [[]],
  { $ne: null },
  { toString: 'x' },
];
const BAD_TEXT = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff',
  'x'.repeat(100_000),
  '\u0007',
  "' or 1=1 --",
  '{"$ne":1}',
  '../..',
];
const BAD_AMOUNTS = [
  '-1',
  '0',
  '+1',
  '01',
  '1.0',
  '.5',
  '1.',
  '1e5',
  '0x10',
  'NaN',
  'Infinity',
  '1,5',
  '1 ',
  `0.${'1'.repeat(19)}`,
  '9'.repeat(40),
];
const BAD_IDS = ['00000000-0000-0000-0000-000000000000', newId(), `${newId()}\n`, 'x'];
const BAD_TIMES = [
  '2026-02-30T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '2026-01-01',
  '9999-99-99T00:00:00Z',
  '2026-01-01T00:00:00+99:00',
];
const SPOILED: Readonly<Record<string, readonly unknown[]>> = {
  amount: BAD_AMOUNTS,
  asset: ['NOCOIN', 'ltc', 'BSC:0xdead', 'LTC;drop table assets'],
  id: BAD_IDS,
  walletId: BAD_IDS,
  transactionId: BAD_IDS,
  at: BAD_TIMES,
  from: BAD_TIMES,
  to: BAD_TIMES,
  expiresAt: BAD_TIMES,
  cursor: ['AAAA', btoa('["2026-01-01T00:00:00.000000Z","x"]'), btoa('["0000-01-01T00:00:00.000000Z",1]')],
  limit: [0, 101, 1e308, Number.NaN],
  days: [0, 91],
};

/** The input with one field after the other replaced, however deep it stands. */
function* spoiled(input: Input): Generator<unknown> {
  for (const [name, value] of Object.entries(input)) {
    for (const bad of [...WRONG_TYPES, ...BAD_TEXT, ...(SPOILED[name] ?? [])]) yield { ...input, [name]: bad };
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    for (const inner of spoiled(value as Input)) yield { ...input, [name]: inner };
  }
}

function* hostile(input: Input): Generator<unknown> {
  yield* [undefined, null, 'text', 7, true, [], [input], Number.NaN];
  yield { ...input, surplus: 1 };
  yield { ...input, role: 'admin', status: 'approved' };
  yield JSON.parse(`{"__proto__":{"polluted":true},${JSON.stringify(input).slice(1)}`.replace(',}', '}'));
  yield JSON.parse(
    `{"constructor":{"prototype":{"polluted":true}},${JSON.stringify(input).slice(1)}`.replace(',}', '}'),
  );
  let deep: unknown = 'x';
  for (let level = 0; level < 5_000; level += 1) deep = [deep];
  yield { ...input, surplus: deep };
  yield* spoiled(input);
}

async function rowCounts(): Promise<Record<string, string>> {
  const tables = await app.sql<{ name: string }>(
    `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables where (schemaname = 'public' and relname <> 'step_ups') or relname = 'job'`,
  );
  // That it was refused is recorded; nothing else is written.
  const but = (name: string) => (name === 'public.audit_events' ? "where outcome = 'done'" : '');
  const counts = tables.map(
    ({ name }) => `select '${name}' as name, count(*)::text as count from ${name} ${but(name)}`,
  );
  const rows = await app.sql<{ name: string; count: string }>(counts.join(' union all '));
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

const paths = Object.keys(appRouter._def.procedures);

test('every procedure has a well-formed input to spoil', () => {
  expect(Object.keys(WELL_FORMED).toSorted()).toEqual(paths.toSorted());
});

describe.each(paths)('%s', (path) => {
  test('answers bad input with a code of ours or not at all, and writes nothing', async () => {
    const byKey = path === 'ledger.credit' || path === 'ledger.reverse';
    const { caller } = byKey ? await platformOf(app) : await operatorOf(app, 'admin');
    const call = path.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], caller);
    const before = await rowCounts();
    const untyped: unknown[] = [];
    for (const input of hostile(WELL_FORMED[path]?.() ?? {})) {
      const code = await (call as (input: unknown) => Promise<unknown>)(input).then(() => 'answered', codeOf);
      if (code === 'INTERNAL_SERVER_ERROR') untyped.push(JSON.stringify(input)?.slice(0, 200));
    }
    expect(untyped).toEqual([]);
    expect(await rowCounts()).toEqual(before);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : `untyped: ${String(error)}`;

describe('text that Postgres cannot keep as it came', () => {
  test.each(['a\0b', '\ud800', 'x\udfff'])('%j is refused where anything else may be written', async (text) => {
    const { caller } = await operatorOf(app, 'admin');
    const before = await rowCounts();
    const calls = [
      () => caller.apiKeys.create({ name: text, scopes: ['read'] }),
      () => caller.withdrawals.reject({ id: pending, reason: text }),
      () => caller.system.resumeProvider({ provider: 'hashdam', reason: text }),
      () => caller.wallets.create({ memberId: text }),
      () => caller.ledger.balances({ memberId: text }),
      () => caller.withdrawals.list({ filter: { q: text } }),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await rowCounts()).toEqual(before);
  });
});
