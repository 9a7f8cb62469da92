import type { EntityManager } from '@mikro-orm/postgresql';
import { verifyPassword } from 'better-auth/crypto';
import { sql } from '#server/database/sql.ts';

/** The account that somebody's password of now opens, locked until the end of the transaction; null where it is not theirs. */
export async function accountOf(em: EntityManager, operatorId: string, password: string): Promise<string | null> {
  const [account] = await sql<{ id: string; password: string }>(
    em,
    `select id, password from operator_accounts where operator_id = ? and provider_id = 'credential' for update`,
    [operatorId],
  );
  return account && (await verifyPassword({ hash: account.password, password })) ? account.id : null;
}
