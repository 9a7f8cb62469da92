import { router } from '../../procedures.ts';
import { differences } from './differences.ts';
import { explain } from './explain.ts';
import { run } from './run.ts';
import { runs } from './runs.ts';

export const reconciliationRouter = router({ runs, differences, run, explain });
