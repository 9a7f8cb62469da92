import pg from 'pg';
import { told } from './environment.ts';

/** All tests sign in from one address, which together is more than one person would be allowed. */
export async function forgetSignInAttempts(): Promise<void> {
  const client = new pg.Client({ connectionString: told('E2E_DATABASE_URL') });
  await client.connect();
  try {
    await client.query('delete from operator_attempts');
  } finally {
    await client.end();
  }
}
