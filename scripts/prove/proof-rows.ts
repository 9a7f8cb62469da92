import { MUTANTS } from '../mutants/mutants.ts';
import { run } from '../processes/run.ts';
import type { Row } from './row.ts';
import type { Measured } from './stage.ts';

async function everyMutantIsCaught(): Promise<Measured> {
  const { code, tail } = await run(['scripts/mutants.ts'], { quiet: true });
  return { holds: code === 0, figures: code === 0 ? tail.slice(-1) : tail.slice(-MUTANTS.length - 1) };
}

/** What is promised of the proofs themselves. */
export const PROOF_ROWS: readonly Row[] = [
  {
    no: 40,
    promise: 'The proofs themselves bite',
    target: `${MUTANTS.length} bugs planted one by one in a copy of the sources: every one is seen by a test`,
    full: everyMutantIsCaught,
  },
];
