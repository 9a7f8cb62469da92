/** The words of risk, in one place and free of imports. */

export const RISK_RULES = [
  'amount',
  'limit_day',
  'limit_week',
  'limit_month',
  'velocity',
  'debt',
  'first_payment',
  'look_alike',
  'allow_list',
  'ip_address',
  'new_device',
  'screening',
] as const;
export type RiskRule = (typeof RISK_RULES)[number];

/**
 * From the mildest to the strongest: looked at, worth knowing, voted on by the strictest tier of the policy, stopped until
 * a person looks, not done at all.
 */
export const RISK_RESULTS = ['pass', 'note', 'escalate', 'hold', 'refuse'] as const;
export type RiskResult = (typeof RISK_RESULTS)[number];

/** When a rule was looked at. */
export const RISK_MOMENTS = ['request', 'edit', 'reopen', 'screening', 'approval', 'dispatch'] as const;
export type RiskMoment = (typeof RISK_MOMENTS)[number];

/** What the list means for an asset: nothing, a note, or that nothing is paid elsewhere. */
export const ALLOW_LIST_MODES = ['off', 'warn', 'require'] as const;
export type AllowListMode = (typeof ALLOW_LIST_MODES)[number];

export const ALLOW_LIST_STATES = ['cooling', 'active', 'removed'] as const;
