/** `YYYY-MM-DD`, UTC, both included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** One try of a run. Once a later one has begun, an earlier one keeps and compares nothing any more. */
export interface RunTry {
  readonly runId: string;
  /** When it began, by the database's clock and in its own words: no two tries of a run began at once. */
  readonly begun: string;
}

/** A try that is being worked on: what it is about. */
export interface OpenRun extends RunTry {
  readonly days: DayRange;
  readonly assets: readonly string[];
}
