import { afterAll, describe } from 'vitest';
import { closeOrm, openOrm } from '#server/database/orm.ts';
import { testDatabase } from '#server/testing/database.ts';
import { MemoryMiningRepository } from './mining.repository.memory.ts';
import { miningRepositorySpecification, type OpenedRepository } from './mining.repository.spec.ts';
import { SqlMiningRepository } from './mining.repository.sql.ts';

const url = await testDatabase();
const orm = await openOrm(url);
afterAll(() => closeOrm(url));

async function inMemory(): Promise<OpenedRepository> {
  return { repository: new MemoryMiningRepository(), close: async () => undefined };
}

/** In a transaction that is taken back: attempts, which are no business of mining, need not exist. */
async function onPostgres(): Promise<OpenedRepository> {
  const em = orm.em.fork();
  await em.begin();
  return { repository: new SqlMiningRepository({ em }), close: () => em.rollback() };
}

describe.each([
  ['memory', inMemory],
  ['postgres', onPostgres],
])('mining in %s', (_where, open) => miningRepositorySpecification(open));
