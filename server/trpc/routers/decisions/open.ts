import { openDecisionsInput, openDecisionsView } from '#server/dual-control/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const open = operatorReadProcedure
  .input(openDecisionsInput)
  .output(openDecisionsView)
  .query(async ({ ctx, input }) => {
    const { dualControl } = ctx.services;
    return { proposals: await dualControl.views(await dualControl.openAbout([input.subjectId])) };
  });
