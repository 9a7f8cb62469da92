import { router } from '../../procedures.ts';
import { begin } from './begin.ts';
import { confirm } from './confirm.ts';

export const stepUpRouter = router({ begin, confirm });
