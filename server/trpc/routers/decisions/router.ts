import { router } from '../../procedures.ts';
import { withdraw } from './withdraw.ts';

export const decisionsRouter = router({ withdraw });
