import { router } from '../../procedures.ts';
import { begin } from './begin.ts';
import { list } from './list.ts';
import { register } from './register.ts';
import { remove } from './remove.ts';

export const passkeysRouter = router({ list, begin, register, remove });
