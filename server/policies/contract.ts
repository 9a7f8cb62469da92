import { z } from 'zod';
import { amountText, assetCode, cursor, instant, noteText, positiveAmountText, uuid } from '#server/kernel/wire.ts';
import { APPROVALS_MAX, APPROVER_GROUPS, type PolicyRules } from './statuses.ts';

export const approverGroup = z.enum(APPROVER_GROUPS);

const people = z.int().min(1).max(APPROVALS_MAX);

const needs = {
  approvals: z.int().min(0).max(APPROVALS_MAX),
  groups: z.strictObject({
    join: z.enum(['all', 'any']),
    of: z.array(z.strictObject({ group: approverGroup, atLeast: people })).max(APPROVER_GROUPS.length),
  }),
};

const tier = z.strictObject({
  ...needs,
  from: z.strictObject({
    amounts: z.array(z.strictObject({ asset: assetCode, amount: amountText })).max(50),
    value: positiveAmountText.nullable(),
  }),
});

/** The tier that something is in, and what that one asks for. */
const placed = z.object({ no: z.int(), ...needs });

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

/** A draft is tried on one request that nobody made, or on those that were made since an instant, a page at a time. */
export const policySimulateInput = z.strictObject({
  rules: policyRules,
  on: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('one'), asset: assetCode, amount: positiveAmountText }),
    z.strictObject({ kind: z.literal('since'), from: instant, cursor }),
  ]),
});

const outcomeView = z.object({
  tier: z.int(),
  approvals: z.int(),
  groups: z.strictObject(needs.groups.shape),
  /** Whether the people there are today could meet it. */
  isPossible: z.boolean(),
});

export const policySimulateView = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('one'),
    /** By the pool's newest closing price; null where there is none. */
    value: amountText.nullable(),
    now: outcomeView,
    draft: outcomeView,
  }),
  z.object({
    kind: z.literal('since'),
    looked: z.int(),
    /** Asked for more, for less, of nobody, and of more people than there are. */
    more: z.int(),
    less: z.int(),
    byPolicy: z.int(),
    blocked: z.int(),
    /** Votes beyond those that the rules in force ask for; below zero where the draft saves some. */
    extraApprovals: z.int(),
    /** Of what is asked for more: the longest that one really took from the request to its last approval. */
    longestWaitMs: z.int(),
    /** Some of what is asked for more or blocked, newest first. */
    examples: z.array(
      z.object({ id: uuid, memberId: z.string(), asset: z.string(), amount: amountText, from: placed, to: placed }),
    ),
    /** Everything since then has been looked at. */
    reachedAt: instant,
    nextCursor: z.string().nullable(),
  }),
]);

export type PolicySimulateInput = z.infer<typeof policySimulateInput>;
export type PolicySimulateView = z.infer<typeof policySimulateView>;
export type PolicyRulesView = z.infer<typeof policyRules>;
export type PolicyVersionView = z.infer<typeof policyVersionView>;
export type PolicyProposalView = z.infer<typeof policyProposalView>;
export type PolicyCurrentView = z.infer<typeof policyCurrentView>;
export type PolicyProposeInput = z.infer<typeof policyProposeInput>;
export type PolicyProposeView = z.infer<typeof policyProposeView>;
export type PolicyConfirmInput = z.infer<typeof policyConfirmInput>;
