import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { MUTANTS } from './mutants/mutants.ts';
import { copyCheckout, tryMutant } from './mutants/run.ts';
import { dataFolder } from './paths.ts';
import { closeAll } from './processes/shutdown.ts';

// `npm run mutants [-- words of a bug]`: plants one bug after the other in a copy of this checkout and runs the tests that
// must see it. Exits 1 when one survives: then a test is missing.

const wanted = process.argv.slice(2).join(' ');
const chosen = MUTANTS.filter(({ bug }) => bug.includes(wanted));
const folder = join(dataFolder, 'mutants');
copyCheckout(folder);
let bad = 0;
for (const mutant of chosen) {
  const { verdict, seconds } = await tryMutant(folder, mutant);
  if (verdict !== 'caught') bad += 1;
  console.log(`${verdict.padEnd(8)} ${String(seconds).padStart(3)} s  ${mutant.bug}`);
}
rmSync(folder, { recursive: true, force: true });
console.log(`${chosen.length - bad} of ${chosen.length} planted bugs caught`);
await closeAll();
process.exitCode = bad > 0 || chosen.length === 0 ? 1 : 0;
