import { expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { COINS } from '#server/simulators/hashdam/coins.ts';
import { CREDITS, MINED_DAYS } from './plan.ts';

/** A day of the simulated pool brings at least so much of what its table says. */
const WORST_DAY = { of: 85n, in: 100n };

test('the demo credits no coin beyond what the pool mined in the days it reads first: a healthy demo raises no alarm', () => {
  const credited = Object.values(CREDITS).flat();
  const beyond = Object.entries(COINS).filter(([asset, { dailyYield }]) => {
    const each = credited.filter((text) => text.endsWith(` ${asset}`)).map((text) => text.split(' ')[0] ?? '');
    const sum = Amount.sum(
      asset,
      each.map((amount) => Amount.parse(asset, amount)),
    );
    return sum.units * WORST_DAY.in > Amount.fromDecimal(asset, dailyYield).units * BigInt(MINED_DAYS) * WORST_DAY.of;
  });
  expect(beyond).toEqual([]);
  expect(credited.every((text) => (text.split(' ')[1] ?? '') in COINS)).toBe(true);
});
