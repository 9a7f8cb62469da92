import { runStages } from './stages/run-stages.ts';
import { STATIC_STAGES } from './stages/static.ts';

// `npm run check`: what needs no database, no build and no browser.
process.exitCode = (await runStages(STATIC_STAGES)) ? 0 : 1;
