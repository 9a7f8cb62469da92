import { MUTANTS } from '../mutants/mutants.ts';
import { run } from '../processes/run.ts';
import type { Row } from './row.ts';
import type { Measured } from './stage.ts';
import { testsProve } from './tests.ts';

async function everyMutantIsCaught(): Promise<Measured> {
  const { code, tail } = await run(['scripts/mutants.ts'], { quiet: true });
  return { holds: code === 0, figures: code === 0 ? tail.slice(-1) : tail.slice(-MUTANTS.length - 1) };
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
    target: `${MUTANTS.length} bugs planted one by one in a copy of the sources: every one is seen by a test`,
    full: everyMutantIsCaught,
  },
];
