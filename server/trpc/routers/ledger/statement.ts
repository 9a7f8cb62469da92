import { statementInput, statementView } from '#server/ledger/contract.ts';
import { readProcedure } from '../../procedures.ts';

export const statement = readProcedure
  .input(statementInput)
  .output(statementView)
  .query(({ ctx, input }) => ctx.services.statements.statement(input));
