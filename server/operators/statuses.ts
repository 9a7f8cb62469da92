import type { OperatorRole } from '#server/kernel/actor.ts';

/**
 * How far a session is with its second factor: `passed`; `none`, where the operator has none and needs none; `asked` for
 * a code; `set_up`, where the operator's role demands one that is not there yet.
 */
export const SECOND_FACTOR_STATES = ['passed', 'none', 'asked', 'set_up'] as const;
export type SecondFactorState = (typeof SECOND_FACTOR_STATES)[number];

/** Signed in half-way: nothing may be done but going on. */
export const isPending = (state: SecondFactorState): boolean => state === 'asked' || state === 'set_up';

/** Who decides about money or about people never acts on a password alone. */
export const SECOND_FACTOR_DEMANDED_OF = ['finance', 'admin'] as const satisfies readonly OperatorRole[];

export const PASSWORD_CHARS_MIN = 15;
export const PASSWORD_CHARS_MAX = 128;

/** Calls that an API key may make in a minute; what it gets unless somebody says otherwise is about what one process answers. */
export const API_KEY_CALLS = { min: 60, max: 100_000, byDefault: 12_000 } as const;
/** How long a key that is replaced may work on beside its successor. */
export const OVERLAP_HOURS = [24, 168, 1, 0] as const;
