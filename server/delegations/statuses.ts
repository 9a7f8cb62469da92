/** `planned`: not begun. `over`: its time has passed. `ended`: before that, by people. */
export const DELEGATION_STATES = ['planned', 'open', 'over', 'ended'] as const;

/** Taken back, or one of the two could no longer approve. */
export const DELEGATION_ENDS = ['revoked', 'disabled', 'role_changed', 'second_factor_reset'] as const;
export type DelegationEnd = (typeof DELEGATION_ENDS)[number];

export const DELEGATION_DAYS_MAX = 14;
