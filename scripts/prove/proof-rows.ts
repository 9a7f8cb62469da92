import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MUTANTS } from '../mutants/mutants.ts';
import { dataFolder } from '../paths.ts';
import { run, tool } from '../processes/run.ts';
import type { Row } from './row.ts';
import type { Measured } from './stage.ts';
import { testsProve } from './tests.ts';

async function everyMutantIsCaught(): Promise<Measured> {
  const { code, tail } = await run(['scripts/mutants.ts'], { quiet: true });
  return { holds: code === 0, figures: code === 0 ? tail.slice(-1) : tail.slice(-MUTANTS.length - 1) };
}

const COVERED_MIN = 0.95;

interface Covered {
  readonly total: number;
  readonly covered: number;
}

/** Lines and branches of the modules that `vitest.config.ts` names, together. */
async function moneyIsWalkedThrough(): Promise<Measured> {
  const { code } = await run([tool('vitest'), 'run', 'server', '--coverage.enabled', '--silent'], { quiet: true });
  const report = readFileSync(join(dataFolder, 'coverage', 'coverage-summary.json'), 'utf8');
  const { total } = JSON.parse(report) as { total: Readonly<Record<'lines' | 'branches', Covered>> };
  const share = (...parts: readonly Covered[]) =>
    parts.reduce((sum, { covered }) => sum + covered, 0) / parts.reduce((sum, part) => sum + part.total, 0);
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
  const both = share(total.lines, total.branches);
  const parts = `${percent(share(total.lines))} of lines, ${percent(share(total.branches))} of branches`;
  return {
    holds: code === 0 && both >= COVERED_MIN,
    figures: [`money modules: ${parts}, ${percent(both)} together`, ...(code === 0 ? [] : ['a test failed'])],
  };
}

async function proofsBite(): Promise<Measured> {
  const [planted, walked] = [await everyMutantIsCaught(), await moneyIsWalkedThrough()];
  return { holds: planted.holds && walked.holds, figures: [...planted.figures, ...walked.figures] };
}

/** What is promised of time, and of the proofs themselves. */
export const PROOF_ROWS: readonly Row[] = [
  {
    no: 37,
    promise: 'Time cannot be fooled',
    target: 'clocks of processes apart, both zones: no window shorter or longer, no code taken late, every day right',
    full: () =>
      testsProve(
        'server/withdrawals/cancel-and-expire.db.test.ts',
        'server/operators/step-up/step-up.db.test.ts',
        'server/jobs/heartbeat.db.test.ts',
        'server/mining/replayed-days.db.test.ts',
        'components/ui/time-text.test.ts',
      ),
  },
  {
    no: 40,
    promise: 'The proofs themselves bite',
    target: `${MUTANTS.length} bugs planted one by one in a copy of the sources: every one is seen by a test; 95 % of the lines and branches that decide, book and send money are walked through`,
    full: proofsBite,
  },
];
