/** What a policy says. Everything in it can be read out as a sentence; see `components/policies/sentences`. */

/** Groups of approvers are the roles that decide: a person is in one of them. */
export const APPROVER_GROUPS = ['finance', 'admin'] as const;
export type ApproverGroup = (typeof APPROVER_GROUPS)[number];

/** As many as a policy may ask for; more votes than this are never looked at. */
export const APPROVALS_MAX = 10;

/** Who must say yes: so many people, and of named groups so many each (`all`) or of one of them (`any`). */
export interface Needs {
  /** None: the policy itself approves. */
  readonly approvals: number;
  readonly groups: {
    readonly join: 'all' | 'any';
    readonly of: readonly { readonly group: ApproverGroup; readonly atLeast: number }[];
  };
}

/** From these amounts on, or from this value on, whatever is reached first. The first tier starts at nothing. */
export interface Tier extends Needs {
  readonly from: {
    readonly amounts: readonly { readonly asset: string; readonly amount: string }[];
    /** By the pool's newest closing prices, in the money these are in. */
    readonly value: string | null;
  };
}

/** Tiers from the least to the most strict. What no rule can place goes to the last one. */
export interface PolicyRules {
  readonly tiers: readonly Tier[];
  /** A request that nobody decided is cancelled after so long. */
  readonly expiresAfterHours: number;
  /** For so long after the last approval nothing is sent, and the last approver may still cancel. */
  readonly cancelWindowMinutes: number;
}

export const NOBODY_IN_PARTICULAR: Needs['groups'] = { join: 'all', of: [] };
