import { router } from '../../procedures.ts';
import { list } from './list.ts';
import { register } from './register.ts';

export const assetsRouter = router({ list, register });
