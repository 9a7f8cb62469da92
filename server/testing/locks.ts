import type { TestApplication } from './application.ts';

const ROUNDS_MAX = 5_000;

/** Resolves when a statement waits for somebody's lock, or the work is over without having waited. */
export async function somebodyWaits({ sql }: TestApplication, work: Promise<unknown>): Promise<void> {
  let over = false;
  const done = () => {
    over = true;
  };
  work.then(done, done);
  for (let rounds = 0; rounds < ROUNDS_MAX && !over; rounds += 1) {
    const waiting = await sql('select 1 from pg_locks where not granted');
    if (waiting.length > 0) return;
  }
}
