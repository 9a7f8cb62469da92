import { expect } from 'vitest';
import { ALARMS, type Breach, breachesOf, LEDGER_RULES, type Rules, WITHDRAWAL_RULES } from '#server/ledger/index.ts';
import type { TestApplication } from './application.ts';

type Books = Pick<TestApplication, 'sql'>;

async function expectNone(app: Books, rules: Rules): Promise<void> {
  const breaches = await breachesOf((text) => app.sql(text), rules);
  const told = breaches.map(({ rule, rows }) => `${rule}: ${JSON.stringify(rows)}`);
  expect(told, told.join('\n')).toEqual([]);
}

/** The books by themselves: for tests that book without withdrawals. */
export const expectLedgerBalanced = (app: Books): Promise<void> => expectNone(app, LEDGER_RULES);

/** The books, and that withdrawals explain every coin that is held, in flight or payable. For the end of a test file. */
export const expectBooksBalanced = (app: Books): Promise<void> =>
  expectNone(app, { ...LEDGER_RULES, ...WITHDRAWAL_RULES });

/** Where more is owed than is there: nothing broken, something to look at. */
export const alarmsOf = (app: Books): Promise<Breach[]> => breachesOf((text) => app.sql(text), ALARMS);
