import { router } from '../../procedures.ts';
import { freeze } from './freeze.ts';
import { resumeProvider } from './resume-provider.ts';
import { status } from './status.ts';
import { unfreeze } from './unfreeze.ts';

export const systemRouter = router({ status, freeze, unfreeze, resumeProvider });
