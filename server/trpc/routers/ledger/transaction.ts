import { transactionInput, transactionView } from '#server/ledger/contract.ts';
import { readProcedure } from '../../procedures.ts';

export const transaction = readProcedure
  .input(transactionInput)
  .output(transactionView)
  .query(({ ctx, input }) => ctx.services.statements.transaction(input.id));
