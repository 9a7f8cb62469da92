import { z } from 'zod';
import { openDecisionView } from '#server/dual-control/contract.ts';
import { assetCode, cursor, instant, limit, noteText, page, uuid } from '#server/kernel/wire.ts';
import { ALLOW_LIST_MODES, ALLOW_LIST_STATES, RISK_MOMENTS, RISK_RESULTS, RISK_RULES } from './statuses.ts';

export const riskFindingsInput = z.strictObject({ withdrawalId: uuid });

export const riskRule = z.enum(RISK_RULES);

/** Rule, threshold, what was observed, and what came of it. */
export const riskFindingView = z.object({
  id: uuid,
  revision: z.int(),
  moment: z.enum(RISK_MOMENTS),
  rule: riskRule,
  result: z.enum(RISK_RESULTS),
  threshold: z.string().nullable(),
  observed: z.string(),
  at: instant,
});

/** Oldest first. */
export const riskFindingsView = z.object({ rows: z.array(riskFindingView) });

/** As somebody pasted it; whether it is one is the asset's chain to say. */
const addressText = z
  .string()
  .trim()
  .min(1)
  .max(256)
  .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces');
const label = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'must not hold control characters');

export const allowListListInput = z.strictObject({
  filter: z.strictObject({ asset: assetCode.optional(), removed: z.boolean().optional() }).default({}),
  cursor,
  limit,
});
export const allowListCheckInput = z.strictObject({ asset: assetCode, address: addressText });
export const allowListAddInput = z.strictObject({ asset: assetCode, address: addressText, label, note: noteText });
export const allowListRemoveInput = z.strictObject({ id: uuid, reason: noteText });
export const allowListRemovedView = z.object({ id: uuid });
export const allowListRulesInput = z.strictObject({});

const person = z.object({ id: uuid, name: z.string() });

export const allowListRow = z.object({
  id: uuid,
  asset: z.string(),
  address: z.string(),
  label: z.string(),
  state: z.enum(ALLOW_LIST_STATES),
  proposedBy: person,
  confirmedBy: person,
  addedAt: instant,
  activeFrom: instant,
  removed: z.object({ by: person, at: instant, reason: z.string() }).nullable(),
});
export const allowListPage = page(allowListRow);

/** What there is to know of an address before it is listed. */
export const allowListCheckView = z.object({
  /** As the chain spells it. */
  address: z.string(),
  /** Coins that would take the very same address: sent as one of them it may be lost. */
  alsoOf: z.array(z.string()),
  /** Assets that this very address is listed for already. */
  listedFor: z.array(z.string()),
  /** Listed addresses that look like it. */
  lookAlikes: z.array(z.object({ asset: z.string(), address: z.string(), label: z.string() })),
});

/** What the list is for, and what waits for a second person. */
export const allowListRulesView = z.object({
  modes: z.array(z.object({ asset: z.string(), mode: z.enum(ALLOW_LIST_MODES) })),
  /** Of assets that are not named. */
  otherwise: z.enum(ALLOW_LIST_MODES),
  coolDownHours: z.int(),
  proposals: z.array(openDecisionView),
});

export type AllowListListInput = z.infer<typeof allowListListInput>;
export type AllowListCheckInput = z.infer<typeof allowListCheckInput>;
export type AllowListAddInput = z.infer<typeof allowListAddInput>;
export type AllowListRemoveInput = z.infer<typeof allowListRemoveInput>;
export type AllowListRemovedView = z.infer<typeof allowListRemovedView>;
export type AllowListPage = z.infer<typeof allowListPage>;
export type AllowListRow = z.infer<typeof allowListRow>;
export type AllowListCheckView = z.infer<typeof allowListCheckView>;
export type AllowListRulesView = z.infer<typeof allowListRulesView>;
export type RiskFindingView = z.infer<typeof riskFindingView>;
export type RiskFindingsView = z.infer<typeof riskFindingsView>;
