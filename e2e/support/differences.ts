import pg from 'pg';
import { newId } from '#server/kernel/ids.ts';
import { told } from './environment.ts';

const LONG_AGO_MS = 60 * 86_400_000;

/** A difference as a run would keep it, of a day that no other run goes over; resolves to the name in the pool's list. */
export async function seenDifference(): Promise<string> {
  const [runId, reference] = [newId(), `R${newId()}`];
  const day = new Date(Date.now() - LONG_AGO_MS).toISOString().slice(0, 10);
  const client = new pg.Client({ connectionString: told('E2E_DATABASE_URL') });
  await client.connect();
  try {
    await client.query(
      `insert into reconciliation_runs (id, from_day, to_day, status, requested_by, started_at, ended_at, listed_rows, seen, found)
       values ($1, $2, $2, 'completed', 'worker', now(), now(), 1, 1, 1)`,
      [runId, day],
    );
    await client.query(
      `insert into reconciliation_differences (id, kind, subject, asset, day, reference, observed, found_in, seen_in, found_at, seen_at)
       values ($1, 'extra', $2, 'SHIC', $3, $2, '4.250000000000000001', $4, $4, now(), now())`,
      [newId(), reference, day, runId],
    );
  } finally {
    await client.end();
  }
  return reference;
}
