const MINUTE_MS = 60_000;

/** Counts by key within a minute of this process, for what may be done only so often and needs no other memory. */
export class MinuteBound {
  #begun = Number.NEGATIVE_INFINITY;
  readonly #counts = new Map<string, number>();

  /** The how many-th of this key it is in this minute. `now`: milliseconds of a clock that never goes back. */
  count(key: string, now: number): number {
    if (now - this.#begun >= MINUTE_MS) {
      this.#begun = now;
      this.#counts.clear();
    }
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count;
  }
}
