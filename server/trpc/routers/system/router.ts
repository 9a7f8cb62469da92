import { router } from '../../procedures.ts';
import { resumeProvider } from './resume-provider.ts';
import { status } from './status.ts';

export const systemRouter = router({ status, resumeProvider });
