import { router } from '../../procedures.ts';
import { adjust } from './adjust.ts';
import { balances } from './balances.ts';
import { credit } from './credit.ts';
import { reverse } from './reverse.ts';
import { statement } from './statement.ts';
import { takeBack } from './take-back.ts';
import { totals } from './totals.ts';
import { transaction } from './transaction.ts';
import { walletBalances } from './wallet-balances.ts';

export const ledgerRouter = router({
  ...{ credit, reverse, takeBack, adjust },
  ...{ balances, walletBalances, statement, transaction, totals },
});
