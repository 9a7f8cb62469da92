import { z } from 'zod';

/**
 * What can go wrong with one call. `before` and `after` say whether the call was executed.
 *
 * - `drop_*` the connection ends without a reply, `hang_*` nothing comes until the client gives up
 * - `status` an HTTP status with an HTML body (default 500), `rate_limited` a 429; `executes` decides whether it ran
 * - `garbage` and `truncated` ran, and the reply cannot be read; `late` ran, the reply comes after `delayMs`
 * - `rejected` did not run, and the vendor says `message`; `redirect` did not run, and points to `location`
 * - `no_reference` ran, and the success does not name it; `other_amount` ran, and the reply repeats another amount
 * - `no_pagination` ran, and the list does not say how long it is
 * - `callback_*` only change what a transit reports: late by `delayMs`, twice, never, refused, or gas spent and no tokens
 */
const FAULTS = [
  'drop_before',
  'drop_after',
  'hang_before',
  'hang_after',
  'status',
  'rate_limited',
  'garbage',
  'truncated',
  'rejected',
  'late',
  'redirect',
  'no_reference',
  'other_amount',
  'no_pagination',
  'callback_late',
  'callback_twice',
  'callback_none',
  'callback_refused',
  'callback_partial',
] as const;
export type FaultName = (typeof FAULTS)[number];

export const faultOrder = z.strictObject({
  /** `*` for any method. */
  method: z.string().default('*'),
  fault: z.enum(FAULTS),
  times: z.int().positive().default(1),
  status: z.int().min(200).max(599).optional(),
  message: z.string().optional(),
  delayMs: z.int().nonnegative().optional(),
  executes: z.boolean().optional(),
  location: z.string().optional(),
  retryAfter: z.string().optional(),
});
export type FaultOrder = z.input<typeof faultOrder>;
export type Fault = z.output<typeof faultOrder>;

/** Faults by chance: the same seed and the same calls give the same faults. */
export const faultPlan = z.strictObject({
  seed: z.int(),
  /** Chance of each fault per call, 0 to 1, together at most 1. */
  probabilities: z.partialRecord(z.enum(FAULTS), z.number().min(0).max(1)),
  /** Only these methods; all when absent. */
  methods: z.array(z.string()).optional(),
  delayMs: z.int().nonnegative().optional(),
});
export type FaultPlan = z.infer<typeof faultPlan>;

const DOES_NOT_RUN: readonly FaultName[] = [
  'drop_before',
  'hang_before',
  'rejected',
  'redirect',
  'status',
  'rate_limited',
];

/** Whether a call with this fault is still executed. */
export function executes(fault: Fault | null): boolean {
  return fault === null || (fault.executes ?? !DOES_NOT_RUN.includes(fault.fault));
}
