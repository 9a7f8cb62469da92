import { router } from '../../procedures.ts';
import { counts } from './counts.ts';
import { list } from './list.ts';

export const exceptionsRouter = router({ list, counts });
