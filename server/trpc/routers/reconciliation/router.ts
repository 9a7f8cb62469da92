import { router } from '../../procedures.ts';
import { candidates } from './candidates.ts';
import { differences } from './differences.ts';
import { explain } from './explain.ts';
import { run } from './run.ts';
import { runs } from './runs.ts';

export const reconciliationRouter = router({ runs, differences, candidates, run, explain });
