import { router } from '../../procedures.ts';
import { actors } from './actors.ts';
import { list } from './list.ts';
import { verify } from './verify.ts';

export const auditRouter = router({ actors, list, verify });
