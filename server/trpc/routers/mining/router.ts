import { router } from '../../procedures.ts';
import { assets } from './assets.ts';
import { balance } from './balance.ts';
import { collect } from './collect.ts';
import { hashRate } from './hash-rate.ts';
import { profit } from './profit.ts';
import { withdrawals } from './withdrawals.ts';

export const miningRouter = router({ balance, assets, hashRate, profit, withdrawals, collect });
