import type { TestApplication } from './application.ts';
import { RawBooks } from './raw-books.ts';

/** What only somebody who rules the database can write: past every trigger that would refuse it. */
export async function tampered(app: TestApplication, text: string, values: readonly unknown[] = []): Promise<void> {
  const books = await RawBooks.open(app);
  try {
    await books.committed(['set local session_replication_role = replica'], [text, values]);
  } finally {
    await books.close();
  }
}
