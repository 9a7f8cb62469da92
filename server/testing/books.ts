import { expect } from 'vitest';
import type { TestApplication } from './application.ts';
import { LEDGER_RULES, WITHDRAWAL_RULES } from './book-rules.ts';

type Books = Pick<TestApplication, 'sql'>;

async function expectNone(app: Books, rules: Readonly<Record<string, string>>): Promise<void> {
  const breaches: string[] = [];
  for (const [rule, text] of Object.entries(rules)) {
    const rows = await app.sql<object>(text);
    if (rows.length > 0) breaches.push(`${rule}: ${JSON.stringify(rows)}`);
  }
  expect(breaches, breaches.join('\n')).toEqual([]);
}

/** The books by themselves: for tests that book without withdrawals. */
export const expectLedgerBalanced = (app: Books): Promise<void> => expectNone(app, LEDGER_RULES);

/** The books, and that withdrawals explain every coin that is held, in flight or payable. For the end of a test file. */
export const expectBooksBalanced = (app: Books): Promise<void> =>
  expectNone(app, { ...LEDGER_RULES, ...WITHDRAWAL_RULES });
