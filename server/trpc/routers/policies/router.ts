import { router } from '../../procedures.ts';
import { confirm } from './confirm.ts';
import { current } from './current.ts';
import { propose } from './propose.ts';

export const policiesRouter = router({ current, propose, confirm });
