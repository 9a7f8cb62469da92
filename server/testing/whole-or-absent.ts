import { describe, expect, test } from 'vitest';
import { sized } from '../../scripts/prove/size.ts';
import type { TestApplication } from './application.ts';
import { dataDump } from './data-dump.ts';
import type { MoneyMutation } from './money-mutation.ts';
import { STATEMENT_FAULTS, type StatementFault, withFault } from './statement-faults.ts';
import { domainCodeOf } from './withdrawals.ts';

/** More than any unit of work has. */
const STATEMENTS_MAX = 500;
/** Every fault at every statement; in short the faults take turns, so that every statement still meets one. */
const PLANS = sized<readonly (readonly StatementFault[])[]>(
  [STATEMENT_FAULTS],
  STATEMENT_FAULTS.map((fault) => [fault]),
);

/** What the caller may be told: that nothing was done, unless nobody can know, or the fault is of no known kind. */
const honest = (fault: StatementFault, text: string): string | RegExp => {
  const atCommit = /^commit/i.test(text);
  if (fault === 'thrown') return /^untyped/;
  return atCommit && fault !== 'raised' ? 'system.outcome_unknown' : 'system.busy';
};

/** Breaks each of these at each of its statements; `count` is told of every point that met a fault. */
export function describeWholeOrAbsent(
  mutations: readonly MoneyMutation[],
  { app: opened, count }: { app: () => TestApplication; count: () => void },
): void {
  describe.each(mutations.map((mutation) => [mutation.name, mutation] as const))('%s', (_name, mutation) => {
    test.each(PLANS.map((plan) => [plan.join(', '), plan] as const))(
      'is whole or absent, whatever statement meets: %s',
      {
        timeout: 120_000,
      },
      async (_title, plan) => {
        const app = opened();
        const work = await mutation.prepare(app);
        const before = await dataDump(app);
        for (let at = 0; at < STATEMENTS_MAX; at += 1) {
          const fault = plan[at % plan.length] ?? 'cut';
          let met: string | undefined;
          const onMet = (text: string) => {
            met = text;
          };
          const code = await withFault({ at, fault, onMet }, work).then(() => 'none', domainCodeOf);
          if (met === undefined) {
            expect([code, at > 2]).toEqual(['none', true]);
            return;
          }
          count();
          expect(code, `${fault} at ${at}: ${met}`).toMatch(honest(fault, met));
          const after = await dataDump(app);
          // Only a commit whose answer got lost may have happened.
          if (fault === 'cut after' && /^commit/i.test(met)) {
            expect(after).not.toEqual(before);
            return;
          }
          expect(after, `${fault} at ${at}: ${met}`).toEqual(before);
        }
        throw new Error('it never ended');
      },
    );
  });
}
