const MINUTE_MS = 60_000;
/** What is waited for when the server did not say. */
const MINUTES_UNSAID = 15;

/** Whole minutes from now until an instant that a refusal named; at least one. */
export function minutesUntil(at: unknown, nowMs = Date.now()): number {
  if (typeof at !== 'string') return MINUTES_UNSAID;
  return Math.max(1, Math.ceil((Date.parse(at) - nowMs) / MINUTE_MS));
}
