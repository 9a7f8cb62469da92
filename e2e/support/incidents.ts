import pg from 'pg';
import { newId } from '#server/kernel/ids.ts';
import { told } from './environment.ts';

/** An incident as the worker would open it. */
export async function openIncident(): Promise<string> {
  const id = newId();
  const client = new pg.Client({ connectionString: told('E2E_DATABASE_URL') });
  await client.connect();
  try {
    await client.query(
      `insert into incidents (id, kind, subject, provider, asset, amount, detail, opened_at)
       values ($1::uuid, 'echo_mismatch', $1::text, 'hashdam', 'SHIC', '4.25', '{"answered":"4.2","reason":"echo_mismatch"}', now())`,
      [id],
    );
  } finally {
    await client.end();
  }
  return id;
}
