import { z } from 'zod';
import { instant, uuid } from '#server/kernel/wire.ts';
import { RISK_MOMENTS, RISK_RESULTS, RISK_RULES } from './statuses.ts';

export const riskFindingsInput = z.strictObject({ withdrawalId: uuid });

/** Rule, threshold, what was observed, and what came of it. */
export const riskFindingView = z.object({
  id: uuid,
  revision: z.int(),
  moment: z.enum(RISK_MOMENTS),
  rule: z.enum(RISK_RULES),
  result: z.enum(RISK_RESULTS),
  threshold: z.string().nullable(),
  observed: z.string(),
  at: instant,
});

/** Oldest first. */
export const riskFindingsView = z.object({ rows: z.array(riskFindingView) });

export type RiskFindingsView = z.infer<typeof riskFindingsView>;
