import { router } from '../../procedures.ts';
import { add } from './add.ts';
import { check } from './check.ts';
import { list } from './list.ts';
import { remove } from './remove.ts';
import { rules } from './rules.ts';

export const allowListRouter = router({ list, rules, check, add, remove });
