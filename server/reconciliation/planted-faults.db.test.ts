import { afterAll, beforeAll, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import {
  FEE,
  listedAtPool,
  type Payment,
  payments,
  reconciled,
  settledBefore,
} from '#server/testing/reconciliation-days.ts';
import { tampered } from '#server/testing/tampering.ts';
import { figure, sized } from '../../scripts/prove/size.ts';

const CLEAN = sized(4_000, 100_000);
const FAULTS = 200;
const DAYS = sized(6, 30);
const WITHIN_MS = sized(15_000, 60_000);
const MEMORY_MAX_MB = 200;
/** A millionth of a millionth of a millionth. */
const LEAST = '0.000000000000000001';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(() => app.close());

const moreBy = (amount: string, by: string): string =>
  Amount.fromDecimal('X', amount).plus(Amount.fromDecimal('X', by)).toString();

/** What goes wrong, and what of it the pool lists; null where it lists nothing. */
type Fault = (payment: Payment) => Promise<Parameters<typeof listedAtPool>[1] | null>;

const FAULT_KINDS: readonly (readonly [string, Fault])[] = [
  ['missing', async () => null],
  ['amount', async (payment) => ({ ...payment, amount: moreBy(payment.amount, LEAST) })],
  ['status', async (payment) => ({ ...payment, status: 'failed' })],
  ['address', async (payment) => ({ ...payment, address: 'treasury@p1atform.example' })],
  ['fee', async (payment) => ({ ...payment, fee: moreBy(FEE, LEAST) })],
  [
    'extra',
    async (payment) => {
      listedAtPool(app, { ...payment, reference: `F${payment.reference}` });
      return payment;
    },
  ],
  [
    'booked',
    async (payment) => {
      await tampered(
        app,
        `update ledger_entries set amount = amount - $2 where code = 'pool:hashdam' and transaction_id =
           (select id from ledger_transactions where attempt_id = $1 and kind = 'SETTLE')`,
        [payment.attemptId, LEAST],
      );
      return payment;
    },
  ],
  [
    'postings',
    async (payment) => {
      const text = `delete from ledger_transactions where attempt_id = $1 and kind = 'DISPATCH'`;
      await tampered(app, text, [payment.attemptId]);
      return payment;
    },
  ],
  [
    'withdrawal',
    async (payment) => {
      await tampered(app, `update withdrawals set status = 'failed' where id = $1`, [payment.withdrawalId]);
      return payment;
    },
  ],
];

test('every planted fault is found, by its kind, and nothing else', { timeout: 600_000 }, async () => {
  const all = payments(CLEAN + FAULTS, DAYS);
  await settledBefore(app, all);
  const planted: string[] = [];
  const every = Math.floor(all.length / FAULTS);
  for (const [at, payment] of all.entries()) {
    const [kind, fault] = FAULT_KINDS[(at / every) % FAULT_KINDS.length] ?? [];
    const isPlanted = at % every === 0 && planted.length < FAULTS && kind && fault;
    if (isPlanted) planted.push(`${kind} ${kind === 'extra' ? `F${payment.reference}` : payment.reference}`);
    const row = isPlanted ? await fault(payment) : payment;
    if (row) listedAtPool(app, row);
  }
  expect(planted).toHaveLength(FAULTS);

  const heapBefore = process.memoryUsage().heapUsed;
  const begun = performance.now();
  const runId = await reconciled(app, DAYS);
  const tookMs = performance.now() - begun;
  const grownMb = (process.memoryUsage().heapUsed - heapBefore) / 2 ** 20;

  const found = await app.sql<{ kind: string; reference: string }>(
    'select kind, reference from reconciliation_differences where seen_in = ?',
    [runId],
  );
  expect(found.map(({ kind, reference }) => `${kind} ${reference}`).toSorted()).toEqual(planted.toSorted());
  const [run] = await app.sql('select status, attempts, seen, found from reconciliation_runs where id = ?', [runId]);
  expect(run).toEqual({ status: 'completed', attempts: all.length, seen: FAULTS, found: FAULTS });
  expect(tookMs).toBeLessThan(WITHIN_MS);
  expect(grownMb).toBeLessThan(MEMORY_MAX_MB);
  figure(
    `${FAULTS} of ${FAULTS} found, 0 false alarms on ${CLEAN} clean rows, ${Math.round(tookMs / 1000)} s, heap grew by ${Math.round(grownMb)} MB`,
  );
});
