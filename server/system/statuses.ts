/** What a freeze stops: everything, or one provider, asset or wallet. */
export const FREEZE_SCOPES = ['all', 'provider', 'asset', 'wallet'] as const;
export type FreezeScope = (typeof FREEZE_SCOPES)[number];

/** Why nothing may be sent right now, the gravest first. */
export const STOPS = ['frozen', 'provider_paused', 'breaker', 'wallet_paused'] as const;
export type Stop = (typeof STOPS)[number];
