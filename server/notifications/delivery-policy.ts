/** How long a receiver may take, from the look-up of its name to its last byte. */
export const SEND_DEADLINE_MS = 15_000;
/** A worker that has not written down what came of a try by then is taken for dead; another one sends again. */
export const SENDING_LEASE_MS = 2 * SEND_DEADLINE_MS;
/** From the first try on. */
export const GIVE_UP_AFTER_MS = 3 * 86_400_000;
/** Unacknowledged for so long, a notification is told once more, louder. */
export const ESCALATE_AFTER_MS = 12 * 3_600_000;
/** After a rotation both secrets sign for so long. */
export const ROTATION_OVERLAP_MS = 24 * 3_600_000;

const FIRST_RETRY_MS = 5_000;
const RETRY_MAX_MS = 30 * 60_000;
/** A fifth earlier or later, so that many failures do not come back at once. */
const JITTER = 0.2;

/** From the end of the given try to the next: 5 s, doubling, at most half an hour. */
export function retryDelayMs(tries: number, random: () => number): number {
  const planned = Math.min(FIRST_RETRY_MS * 2 ** Math.min(tries - 1, 20), RETRY_MAX_MS);
  return Math.round(planned * (1 - JITTER + 2 * JITTER * random()));
}
