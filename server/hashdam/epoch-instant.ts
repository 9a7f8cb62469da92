/** Below this the vendor's milliseconds would lie before March 1973: such a value is in seconds, or wrong. */
const EPOCH_MS_MIN = 100_000_000_000;
/** From here on a year has five digits, which is no time of a payment. */
const EPOCH_MS_END = 253_402_300_800_000;
const EPOCH = /^[1-9]\d{0,14}$/;

/** The vendor's epoch milliseconds as ISO 8601 UTC; null when absent, in seconds, or not a time at all. */
export function epochInstant(text: string | null): string | null {
  if (text === null || !EPOCH.test(text)) return null;
  const ms = Number.parseInt(text, 10);
  return ms < EPOCH_MS_MIN || ms >= EPOCH_MS_END ? null : new Date(ms).toISOString();
}

/** The same where only people look at it: seconds are taken for what they are. */
export function epochInstantForDisplay(text: string | null): string | null {
  const inMs = epochInstant(text);
  return inMs ?? (text === null ? null : epochInstant(`${text}000`));
}
