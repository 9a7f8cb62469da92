import { createHash } from 'node:crypto';
import pg from 'pg';
import { newId } from '#server/kernel/ids.ts';
import { told } from './environment.ts';

const DAY_MS = 86_400_000;
/** Each on a day of its own, which the newest list of that day then shows. */
const aDayLongAgo = (): number => Date.now() - (60 + Math.floor(Math.random() * 5_000)) * DAY_MS;

/** A difference as a run would keep it, with the list that it was seen in, of a day that no other run goes over; resolves to the name in the pool's list. */
export async function seenDifference(): Promise<string> {
  const [runId, reference] = [newId(), `R${newId()}`];
  const day = new Date(aDayLongAgo()).toISOString().slice(0, 10);
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
    const row = {
      ...{ reference, asset: 'SHIC', amount: '4.250000000000000001', fee: '0.1', address: null, type: 'interUser' },
      ...{ status: 'completed', rawStatus: 'success', message: null, createdAt: `${day}T03:00:00.000Z` },
    };
    const rows = JSON.stringify([row]);
    const sha256 = createHash('sha256').update(rows).digest('hex');
    await client.query('insert into pool_history_contents (sha256, rows) values ($1, $2)', [sha256, rows]);
    await client.query(
      `insert into pool_history_reads (id, provider, asset, from_day, to_day, started_at, ended_at, row_count, sha256)
       values ($1, 'hashdam', 'SHIC', $2, $2, now(), now(), 1, $3)`,
      [newId(), day, sha256],
    );
  } finally {
    await client.end();
  }
  return reference;
}
