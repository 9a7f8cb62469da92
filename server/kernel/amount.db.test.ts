import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { closeOrm, openOrm } from '#server/database/orm.ts';
import { sql } from '#server/database/sql.ts';
import { MiningBalance } from '#server/mining/mining.entity.ts';
import { testDatabase } from '#server/testing/database.ts';
import { anyDecimal } from '#server/testing/decimals.ts';
import { figure, sized } from '../../scripts/prove/size.ts';
import { Amount } from './amount.ts';
import { newId } from './ids.ts';

const url = await testDatabase();
const orm = await openOrm(url);
afterAll(() => closeOrm(url));

test('any decimal goes through an entity, a numeric(38,18) column and JSON without losing a digit', async () => {
  const texts = fc.sample(anyDecimal(), sized(500, 20_000)).concat('0', '1000000000000000000', '0.000000000000000001');
  const em = orm.em.fork();
  const ids = texts.map(() => newId());
  for (const [index, text] of texts.entries()) {
    const facts = { id: ids[index] ?? '', ownerType: 'project', ownerId: newId(), kind: 'profit' } as const;
    const amount = Amount.parse('LTC', text).toString();
    em.persist(em.create(MiningBalance, { ...facts, asset: 'LTC', day: '2026-01-01', amount, readAt: new Date() }));
  }
  await em.flush();

  const entities = await orm.em.fork().find(MiningBalance, { id: { $in: ids } }, { orderBy: { id: 'asc' } });
  const read = entities.map(({ amount }) => Amount.fromDecimal('LTC', amount ?? ''));
  expect(read.map(String)).toEqual(texts);
  expect(JSON.parse(JSON.stringify(read))).toEqual(texts);
  const json = await sql<{ row: { amount: string } }>(
    orm.em.fork(),
    `select jsonb_build_object('amount', amount::text) as row from mining_balances where id = any(?::uuid[]) order by id`,
    [ids],
  );
  expect(json.map(({ row }) => Amount.fromDecimal('LTC', row.amount).toString())).toEqual(texts);
  figure(`${texts.length} amounts through entity, column and JSON: 0 digits changed`);
});

test('the column refuses what it cannot hold', async () => {
  const tooMuch = sql(orm.em.fork(), 'select ?::text::numeric(38,18)', ['1'.repeat(21)]);
  await expect(tooMuch).rejects.toThrow(/numeric field overflow/);
});
