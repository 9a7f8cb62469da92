import { afterAll, describe } from 'vitest';
import { closeOrm, openOrm } from '#server/database/orm.ts';
import { testDatabase } from '#server/testing/database.ts';
import { MemoryWalletRepository } from './wallet.repository.memory.ts';
import { type OpenedRepository, walletRepositorySpecification } from './wallet.repository.spec.ts';
import { SqlWalletRepository } from './wallet.repository.sql.ts';

const url = await testDatabase();
const orm = await openOrm(url);
afterAll(() => closeOrm(url));

async function inMemory(): Promise<OpenedRepository> {
  return { repository: new MemoryWalletRepository(), close: async () => undefined };
}

/** In a transaction that is taken back: attempts, which are no business of wallets, need not exist. */
async function onPostgres(): Promise<OpenedRepository> {
  const em = orm.em.fork();
  await em.begin();
  return { repository: new SqlWalletRepository({ em }), close: () => em.rollback() };
}

describe.each([
  ['memory', inMemory],
  ['postgres', onPostgres],
])('wallets in %s', (_where, open) => walletRepositorySpecification(open));
