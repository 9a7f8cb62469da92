import { teamListInput, teamView } from '#server/operators/contract.ts';
import { adminReadProcedure } from '../../procedures.ts';

export const list = adminReadProcedure
  .input(teamListInput)
  .output(teamView)
  .query(async ({ ctx: { services } }) => ({
    rows: await services.team.list(),
    invitations: await services.invitations.open(),
  }));
