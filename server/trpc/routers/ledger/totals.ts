import { totalsInput, totalsView } from '#server/ledger/contract.ts';
import { readProcedure } from '../../procedures.ts';

export const totals = readProcedure
  .input(totalsInput)
  .output(totalsView)
  .query(({ ctx }) => ctx.services.ledger.totals());
