import { z } from 'zod';
import { PROVIDERS } from '#server/kernel/provider-outcome.ts';
import { amountText, assetCode, instant, noteText, uuid } from '#server/kernel/wire.ts';
import {
  BREAKER_STATES,
  FREEZE_SCOPES,
  HEAD_PLACES,
  PROVIDER_CONDITIONS,
  SEALED_STATES,
  STOPS,
  WORKER_STATES,
} from './statuses.ts';

export const providerName = z.enum(PROVIDERS);
export const stop = z.enum(STOPS);
const person = z.object({ id: uuid, name: z.string() });

/** What a freeze covers. */
const freezeTargets = <Extra extends z.ZodRawShape>(extra: Extra) =>
  z.discriminatedUnion('scope', [
    z.strictObject({ scope: z.literal('all'), ...extra }),
    z.strictObject({ scope: z.literal('provider'), target: providerName, ...extra }),
    z.strictObject({ scope: z.literal('asset'), target: assetCode, ...extra }),
    z.strictObject({ scope: z.literal('wallet'), target: uuid, ...extra }),
  ]);

/** Asks what a freeze would stop, without freezing anything. */
export const drillInput = freezeTargets({});
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
  liftProposed: z.object({ by: person, at: instant, reason: z.string().nullable() }).nullable(),
  liftedAt: instant.nullable(),
});

const drillItem = z.object({
  id: uuid,
  memberId: z.string(),
  asset: z.string(),
  amount: amountText,
  /** Of the withdrawal where it can be stopped, else of the attempt. */
  status: z.string(),
  waitReason: z.string().nullable(),
});
/** `items` are the oldest hundred; count and sums are of all. */
const drillPart = z.object({
  count: z.int().nonnegative(),
  sums: z.array(z.object({ asset: z.string(), count: z.int(), amount: amountText })),
  items: z.array(drillItem),
});
/** `stopped` would wait; `beyond` is past its fence and can no longer be stopped. */
export const drillView = z.object({ stopped: drillPart, beyond: drillPart });

/** `pausedAt` is set while nothing is sent to the provider; `reason` says what to mend. */
export const providerStatusView = z.object({
  provider: providerName,
  /** The gravest of what holds now. */
  condition: z.enum(PROVIDER_CONDITIONS),
  pausedAt: instant.nullable(),
  reason: z.string().nullable(),
  lastReadAt: instant.nullable(),
  /** `stands` while it has not answered since. */
  lastFailure: z.object({ at: instant, reason: z.string(), stands: z.boolean() }).nullable(),
  /** `failures` among the last ten payouts. */
  breaker: z.object({ state: z.enum(BREAKER_STATES), failures: z.int() }),
  /** What to add to the provider's times to get ours; known to the second. */
  clockOffsetMs: z.int().nullable(),
});
const queueView = z.object({
  queue: z.string(),
  /** Waiting now; `later` is not due yet. */
  due: z.int(),
  active: z.int(),
  later: z.int(),
  oldestDueAt: instant.nullable(),
});
export const workerView = z.object({
  name: z.string(),
  host: z.string(),
  processId: z.int(),
  startedAt: instant,
  seenAt: instant,
  state: z.enum(WORKER_STATES),
});
export const freezesInput = z.strictObject({});
export const freezesView = z.object({ freezes: z.array(freezeView) });

export const systemStatusInput = z.strictObject({});
export const systemStatusView = z.object({
  providers: z.array(providerStatusView),
  freezes: z.array(freezeView),
  openBreakers: z.array(z.object({ scope: z.enum(['provider', 'asset']), target: z.string(), openedAt: instant })),
  /** How much each encryption key seals: `waiting` is sealed anew with the current one, `missing` cannot be opened. */
  sealedKeys: z.array(z.object({ keyId: z.string(), count: z.int(), state: z.enum(SEALED_STATES) })),
  /** The last signed end of the record that is kept at each place outside the database; none: nowhere. */
  keptHeads: z.array(
    z.object({
      target: z.enum(HEAD_PLACES),
      keptAt: instant.nullable(),
      rowsBehind: z.int(),
      isLate: z.boolean(),
    }),
  ),
  queues: z.array(queueView),
  workers: z.array(workerView),
  database: z.object({ now: instant, offsetMs: z.int(), migration: z.string() }),
  demo: z.boolean(),
});

/** After the configuration has been mended: let the provider's payouts go on. */
export const providerResumeInput = z.strictObject({ provider: providerName, reason: noteText });

export type FreezeTarget = z.infer<typeof drillInput>;
export type FreezeInput = z.infer<typeof freezeInput>;
export type UnfreezeInput = z.infer<typeof unfreezeInput>;
export type FreezeView = z.infer<typeof freezeView>;
export type DrillItem = z.infer<typeof drillItem>;
export type DrillView = z.infer<typeof drillView>;
export type WorkerView = z.infer<typeof workerView>;
export type SystemStatusView = z.infer<typeof systemStatusView>;
export type ProviderResumeInput = z.infer<typeof providerResumeInput>;
