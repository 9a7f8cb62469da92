import { expect, test } from 'vitest';
import type { RiskFindingView } from '#server/risk/contract.ts';
import { newestOfEachRule } from './newest-findings.ts';

const found = (rule: RiskFindingView['rule'], result: RiskFindingView['result']): RiskFindingView => ({
  ...{ id: `${rule} ${result}`, revision: 1, moment: 'request', rule, result },
  ...{ threshold: '1', observed: '2', at: '2026-11-30T12:00:00.000Z' },
});

test('each rule has its last word, and the strongest comes first', () => {
  const rows = newestOfEachRule([
    ...[found('amount', 'hold'), found('velocity', 'pass'), found('first_payment', 'note')],
    ...[found('amount', 'pass'), found('limit_day', 'refuse')],
  ]);
  expect(rows.map(({ id }) => id)).toEqual(['limit_day refuse', 'first_payment note', 'amount pass', 'velocity pass']);
});
