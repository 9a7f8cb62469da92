import { type EntityClass, type EntityManager, type EntityProperty, wrap } from '@mikro-orm/core';
import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { ENTITY_SAMPLES, type Sample } from '#server/testing/entity-samples/index.ts';
import { entities } from '../../mikro-orm.config.ts';
import { closeOrm, openOrm } from './orm.ts';

const url = await testDatabase();
const orm = await openOrm(url);
afterAll(() => closeOrm(url));

const mapped = entities.map((entity): readonly [string, EntityClass<object>] => [entity.name, entity]);
const BY_THE_DATABASE: readonly string[] = ['xact', 'version', 'seq'];

/** Writes a row and reads it back through another identity map, then takes it back: no rule of the books is asked. */
async function roundTrip(entity: EntityClass<object>, { row, without }: Sample, facts: object): Promise<object> {
  const em = orm.em.fork();
  await em.begin();
  try {
    await em.execute('set local session_replication_role = replica');
    if (without) await em.execute(`delete from ${without}`);
    await em.persist(em.create(entity, facts)).flush();
    const reader = em.fork({ keepTransactionContext: true, clear: true });
    return plain(await reader.findOneOrFail(entity, primaryKey(entity, row, reader)));
  } finally {
    await em.rollback();
  }
}

const primaryKey = (entity: EntityClass<object>, row: Readonly<Record<string, unknown>>, em: EntityManager) =>
  Object.fromEntries(
    em
      .getMetadata()
      .get(entity)
      .primaryKeys.map((key) => [key, row[key]]),
  );

/** Every property as the entity has it, hidden ones too. */
const plain = (entity: object): object =>
  Object.fromEntries(
    Object.keys(wrap(entity, true).__meta.properties)
      .filter((name) => !BY_THE_DATABASE.includes(name))
      .map((name) => [name, Reflect.get(entity, name)]),
  );

describe('ORM mapping', () => {
  test('there is a sample of every entity', () => {
    expect(Object.keys(ENTITY_SAMPLES).toSorted()).toEqual(entities.map(({ name }) => name).toSorted());
  });

  describe.each(mapped)('%s', (name, entity) => {
    const sample = ENTITY_SAMPLES[name] ?? { row: {} };
    const meta = orm.getMetadata().get(entity);
    const properties = Object.values<EntityProperty>(meta.properties).filter(
      (property) => !BY_THE_DATABASE.includes(property.name),
    );

    test('its sample names every property with a value', () => {
      expect(Object.keys(sample.row).toSorted()).toEqual(properties.map((property) => property.name).toSorted());
      expect(Object.values(sample.row).filter((value) => value == null)).toEqual([]);
    });

    test('comes back from the table as it was written', async () => {
      expect(await roundTrip(entity, sample, sample.row)).toEqual(sample.row);
    });

    test('comes back with nothing where nothing may be', async () => {
      const nullable = properties.filter((property) => property.nullable).map((property) => property.name);
      const emptied = Object.fromEntries(nullable.map((property) => [property, null]));
      const bare = { ...sample.row, ...emptied, ...sample.bare };
      expect(await roundTrip(entity, sample, bare)).toEqual(bare);
    });
  });

  test('a hidden property is in no JSON', () => {
    const [, wallet = Object] = mapped.find(([name]) => name === 'Wallet') ?? [];
    const json = JSON.stringify(orm.em.fork().create(wallet, { ...ENTITY_SAMPLES['Wallet']?.row }));
    expect(json).toContain('0x52908400098527886E0F7030069857D2E4169EE7');
    expect(json).not.toContain('v1:');
  });
});
