import { router } from '../../procedures.ts';
import { balance } from './balance.ts';
import { create } from './create.ts';
import { get } from './get.ts';
import { list } from './list.ts';
import { transactions } from './transactions.ts';

export const walletsRouter = router({ create, list, get, balance, transactions });
