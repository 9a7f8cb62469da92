import { router } from '../../procedures.ts';
import { list } from './list.ts';

export const assetsRouter = router({ list });
