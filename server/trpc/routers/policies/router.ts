import { router } from '../../procedures.ts';
import { confirm } from './confirm.ts';
import { current } from './current.ts';
import { propose } from './propose.ts';
import { simulate } from './simulate.ts';

export const policiesRouter = router({ current, propose, confirm, simulate });
