import type { Random } from './random.ts';

export const WEBS = ['web-1', 'web-2'] as const;
export const WORKERS = ['worker-1', 'worker-2'] as const;
/** The wires that can be cut: to Postgres, to HashDam, to MBlock. */
export const LINKS = ['database', 'pool', 'chain'] as const;

export type MemberName = (typeof WEBS)[number] | (typeof WORKERS)[number];
export type LinkName = (typeof LINKS)[number];

/** One thing that goes wrong, at this instant after the start. `forMs`, `downMs`: how long it lasts. */
export type Fault = { readonly atMs: number } & (
  | { readonly kind: 'kill'; readonly member: MemberName; readonly downMs: number }
  | { readonly kind: 'stop'; readonly member: MemberName; readonly forMs: number }
  | { readonly kind: 'cut' | 'half-close'; readonly link: LinkName }
  | { readonly kind: 'delay'; readonly link: LinkName; readonly byMs: number; readonly forMs: number }
  | { readonly kind: 'black-hole'; readonly link: LinkName; readonly forMs: number }
  | { readonly kind: 'crash-database'; readonly downMs: number }
);

export interface PlanOptions {
  readonly lastsMs: number;
  readonly kills: number;
  /** A worker that slept longer than this has lost its lease. */
  readonly leaseMs: number;
}

/** Between two faults that are not kills. */
const OTHER_EVERY_MS = 4_000;
const CRASH_EVERY_MS = 40_000;
/** Only a run that is much longer than the lease has a worker sleep past it. */
const SLEEPS_FROM_MS = 120_000;

/** What goes wrong and when, in order: a function of the generator alone. */
export function faultPlan(random: Random, options: PlanOptions): readonly Fault[] {
  const { lastsMs, kills } = options;
  const each = (count: number, make: () => Fault) => Array.from({ length: count }, make);
  const at = () => random.int(0, lastsMs);
  const faults = [
    ...each(kills, () => ({ atMs: at(), kind: 'kill', member: member(random), downMs: random.int(0, 1_500) })),
    ...each(Math.ceil(lastsMs / OTHER_EVERY_MS), () => other(random, at())),
    ...each(Math.ceil(lastsMs / CRASH_EVERY_MS), () => ({
      ...{ atMs: at(), kind: 'crash-database', downMs: random.int(0, 2_000) },
    })),
    ...each(lastsMs < SLEEPS_FROM_MS ? 0 : Math.floor(lastsMs / SLEEPS_FROM_MS), () => ({
      ...{ atMs: at(), kind: 'stop', member: random.pick(WORKERS), forMs: options.leaseMs + random.int(2_000, 9_000) },
    })),
  ];
  return faults.sort((a, b) => a.atMs - b.atMs);
}

/** Workers die more often: they hold the money. */
const member = (random: Random): MemberName => (random.next() < 0.8 ? random.pick(WORKERS) : random.pick(WEBS));

function other(random: Random, atMs: number): Fault {
  const link = random.pick(LINKS);
  const forMs = random.int(500, 4_000);
  switch (random.int(0, 4)) {
    case 0:
      return { atMs, kind: 'cut', link };
    case 1:
      return { atMs, kind: 'half-close', link };
    case 2:
      return { atMs, kind: 'delay', link, byMs: random.int(20, 300), forMs };
    case 3:
      return { atMs, kind: 'black-hole', link, forMs };
    default:
      return { atMs, kind: 'stop', member: random.pick(WORKERS), forMs };
  }
}

/**
 * How often a call to a vendor goes wrong, by what goes wrong: one in five does. More would only keep the circuit breaker
 * open, and nothing would be sent at all.
 */
export const VENDOR_FAULTS = {
  drop_before: 0.05,
  drop_after: 0.1,
  hang_after: 0.005,
  status: 0.01,
  garbage: 0.01,
  truncated: 0.005,
  redirect: 0.005,
  late: 0.01,
  no_reference: 0.005,
  other_amount: 0.005,
} as const;

/** Only in longer runs: a vendor that says "too many" is left alone for a minute. */
export const PATIENT_FAULTS = { ...VENDOR_FAULTS, rate_limited: 0.02 } as const;

/** The chain's calls, among them what a transit's callback may do. */
export const CHAIN_FAULTS = { callback_late: 0.05, callback_twice: 0.1, callback_none: 0.02 } as const;
