import type { Clock } from '#server/kernel/clock.ts';

/** A clock that a test sets forward. It starts at the real time, because leases are measured by the database's clock. */
export class FakeClock implements Clock {
  #offsetMs = 0;

  now(): Date {
    return new Date(Date.now() + this.#offsetMs);
  }

  pass(ms: number): void {
    this.#offsetMs += ms;
  }
}
