import { router } from '../../procedures.ts';
import { drill } from './drill.ts';
import { freeze } from './freeze.ts';
import { freezes } from './freezes.ts';
import { resumeProvider } from './resume-provider.ts';
import { status } from './status.ts';
import { unfreeze } from './unfreeze.ts';

export const systemRouter = router({ status, drill, freezes, freeze, unfreeze, resumeProvider });
