import { z } from 'zod';
import { PROVIDERS } from '#server/kernel/provider-outcome.ts';
import { assetCode, instant, noteText, uuid } from '#server/kernel/wire.ts';
import { FREEZE_SCOPES } from './statuses.ts';

export const providerName = z.enum(PROVIDERS);
const person = z.object({ id: uuid, name: z.string() });

/** What a freeze covers. */
const freezeTargets = <Extra extends z.ZodRawShape>(extra: Extra) =>
  z.discriminatedUnion('scope', [
    z.strictObject({ scope: z.literal('all'), ...extra }),
    z.strictObject({ scope: z.literal('provider'), target: providerName, ...extra }),
    z.strictObject({ scope: z.literal('asset'), target: assetCode, ...extra }),
    z.strictObject({ scope: z.literal('wallet'), target: uuid, ...extra }),
  ]);

export const freezeInput = freezeTargets({ reason: noteText });
/** Two admins, each with a reason: the first call proposes, the other one's lifts. */
export const unfreezeInput = z.strictObject({ id: uuid, reason: noteText });

export const freezeView = z.object({
  id: uuid,
  scope: z.enum(FREEZE_SCOPES),
  /** Provider name, asset code or wallet id; null for `all`. */
  target: z.string().nullable(),
  reason: z.string(),
  frozenBy: person,
  frozenAt: instant,
  /** Waits for a second admin. */
  liftProposed: z.object({ by: person, at: instant }).nullable(),
  liftedAt: instant.nullable(),
});

/** `pausedAt` is set while nothing is sent to the provider; `reason` says what to mend. */
export const providerStatusView = z.object({
  provider: providerName,
  pausedAt: instant.nullable(),
  reason: z.string().nullable(),
  lastReadAt: instant.nullable(),
});
export const systemStatusInput = z.strictObject({});
export const systemStatusView = z.object({
  providers: z.array(providerStatusView),
  freezes: z.array(freezeView),
  demo: z.boolean(),
});

/** After the configuration has been mended: let the provider's payouts go on. */
export const providerResumeInput = z.strictObject({ provider: providerName, reason: noteText });

export type FreezeTarget = DistributiveOmit<z.infer<typeof freezeInput>, 'reason'>;
export type FreezeInput = z.infer<typeof freezeInput>;
export type UnfreezeInput = z.infer<typeof unfreezeInput>;
export type FreezeView = z.infer<typeof freezeView>;
export type SystemStatusView = z.infer<typeof systemStatusView>;
export type ProviderResumeInput = z.infer<typeof providerResumeInput>;

/** `Omit` that keeps a union a union. */
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
