import { router } from '../../procedures.ts';
import { findings } from './findings.ts';

export const riskRouter = router({ findings });
