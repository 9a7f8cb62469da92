import { router } from '../../procedures.ts';
import { balances } from './balances.ts';
import { credit } from './credit.ts';
import { totals } from './totals.ts';

export const ledgerRouter = router({ credit, balances, totals });
