import { router } from '../../procedures.ts';
import { actors } from './actors.ts';
import { list } from './list.ts';

export const auditRouter = router({ actors, list });
