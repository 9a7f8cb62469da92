/** What a freeze stops: everything, or one provider, asset or wallet. */
export const FREEZE_SCOPES = ['all', 'provider', 'asset', 'wallet'] as const;
export type FreezeScope = (typeof FREEZE_SCOPES)[number];

/** Why nothing may be sent right now, the gravest first. */
export const STOPS = ['frozen', 'provider_paused', 'breaker', 'wallet_paused'] as const;
export type Stop = (typeof STOPS)[number];

/** `half_open`: one payout at a time may try whether the provider works again. */
export const BREAKER_STATES = ['closed', 'open', 'half_open'] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

/** How a provider stands, the gravest first. */
export const PROVIDER_CONDITIONS = ['frozen', 'paused', 'breaker', 'failing', 'running'] as const;
export type ProviderCondition = (typeof PROVIDER_CONDITIONS)[number];

/** `not_proven`: it may be dead, or only unable to say that it lives. */
export const WORKER_STATES = ['answering', 'gone', 'not_proven'] as const;
export type WorkerState = (typeof WORKER_STATES)[number];

/** Where signed ends of the record are kept outside the database. */
export const HEAD_PLACES = ['file', 'webhook'] as const;

/** What is to become of a text that an encryption key sealed. */
export const SEALED_STATES = ['current', 'waiting', 'missing'] as const;
