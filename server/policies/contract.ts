import { z } from 'zod';
import { amountText, assetCode, instant, noteText, positiveAmountText, uuid } from '#server/kernel/wire.ts';
import { APPROVALS_MAX, APPROVER_GROUPS, type PolicyRules } from './statuses.ts';

const people = z.int().min(1).max(APPROVALS_MAX);

const needs = {
  approvals: z.int().min(0).max(APPROVALS_MAX),
  groups: z.strictObject({
    join: z.enum(['all', 'any']),
    of: z.array(z.strictObject({ group: z.enum(APPROVER_GROUPS), atLeast: people })).max(APPROVER_GROUPS.length),
  }),
};

const tier = z.strictObject({
  ...needs,
  from: z.strictObject({
    amounts: z.array(z.strictObject({ asset: assetCode, amount: amountText })).max(50),
    value: positiveAmountText.nullable(),
  }),
});

/** Only the first tier may approve by itself, and nothing is said twice; each is as strict as the one before, see `policy.order`. */
export const policyRules = z
  .strictObject({
    tiers: z.array(tier).min(1).max(6),
    expiresAfterHours: z.int().min(1).max(720),
    cancelWindowMinutes: z.int().min(0).max(1440),
  })
  .superRefine((rules, context) => {
    for (const message of faults(rules)) context.addIssue({ code: 'custom', message });
  });

function faults({ tiers }: PolicyRules): string[] {
  const [lowest, ...higher] = tiers;
  const onlyOnce = (of: readonly string[]) => new Set(of).size === of.length;
  return [
    ...(lowest && (lowest.from.amounts.length > 0 || lowest.from.value !== null)
      ? ['the first tier has no threshold']
      : []),
    ...(higher.some(({ approvals }) => approvals === 0) ? ['only the first tier may approve by itself'] : []),
    ...(tiers.at(-1)?.approvals === 0 ? ['the strictest tier asks for somebody'] : []),
    ...(lowest?.approvals === 0 && lowest.groups.of.length > 0 ? ['a group cannot approve where nobody has to'] : []),
    ...(tiers.every(({ from }) => onlyOnce(from.amounts.map(({ asset }) => asset))) ? [] : ['an asset is named once']),
    ...(tiers.every(({ groups }) => onlyOnce(groups.of.map(({ group }) => group))) ? [] : ['a group is named once']),
  ];
}

const person = z.object({ id: uuid, name: z.string() });

/** One way in which a change asks for less. */
export const looseningView = z.union([
  z.object({
    what: z.literal('approvals'),
    asset: z.string().nullable(),
    from: amountText,
    value: amountText.nullable(),
  }),
  z.object({ what: z.enum(['strictest', 'expiry', 'cancel_window']) }),
]);

export const policyVersionView = z.object({
  /** As withdrawals cite it. */
  version: z.string(),
  rules: policyRules,
  effectiveFrom: instant,
  loosens: z.boolean(),
  note: z.string().nullable(),
  /** Null for the first version, which came from the settings. */
  proposedBy: person.nullable(),
  confirmedBy: person.nullable(),
});

/** A change that waits for a second administrator. */
export const policyProposalView = z.object({
  id: uuid,
  rules: policyRules,
  note: z.string(),
  proposedBy: person,
  proposedAt: instant,
  expiresAt: instant,
  loosenings: z.array(looseningView),
  /** When it would take effect if it were confirmed now. */
  wouldTakeEffect: instant,
});

export const policyCurrentInput = z.strictObject({});
export const policyCurrentView = z.object({
  current: policyVersionView,
  /** Confirmed, and not in force yet; the next one first. */
  upcoming: z.array(policyVersionView),
  proposal: policyProposalView.nullable(),
  /** Earlier and current ones, newest first. */
  history: z.array(policyVersionView),
});

export const policyProposeInput = z.strictObject({
  rules: policyRules,
  /** Not before this instant; null for as soon as it may. */
  effectiveFrom: instant.nullable().default(null),
  note: noteText,
  /** The newest version the proposer saw: nobody overwrites what they have not read. */
  basedOn: z.string().regex(/^[1-9]\d{0,8}$/),
});
export const policyProposeView = z.object({ id: uuid, expiresAt: instant });

export const policyConfirmInput = z.strictObject({ id: uuid, note: noteText });

export type PolicyRulesView = z.infer<typeof policyRules>;
export type PolicyVersionView = z.infer<typeof policyVersionView>;
export type PolicyProposalView = z.infer<typeof policyProposalView>;
export type PolicyCurrentView = z.infer<typeof policyCurrentView>;
export type PolicyProposeInput = z.infer<typeof policyProposeInput>;
export type PolicyProposeView = z.infer<typeof policyProposeView>;
export type PolicyConfirmInput = z.infer<typeof policyConfirmInput>;
