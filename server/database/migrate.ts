import { MikroORM } from '@mikro-orm/postgresql';
import { ormOptions } from '../../mikro-orm.config.ts';

/** Brings the database to the newest migration; resolves to the names that ran. */
export const migrateUp = (databaseUrl: string): Promise<string[]> =>
  withOrm(databaseUrl, async (orm) => (await orm.migrator.up()).map((migration) => migration.name));

/** Takes every migration back, newest first. */
export const migrateDown = (databaseUrl: string): Promise<string[]> =>
  withOrm(databaseUrl, async (orm) => (await orm.migrator.down({ to: 0 })).map((migration) => migration.name));

/** Names of migrations that have not run; web and worker refuse to start while there are any. */
export const pendingMigrations = (databaseUrl: string): Promise<string[]> =>
  withOrm(databaseUrl, async (orm) => (await orm.migrator.getPending()).map((migration) => migration.name));

/**
 * Statements it would take to make tables and columns what the entities say; none when they agree. Checks, indexes,
 * foreign keys, defaults and triggers are written in the migrations alone: SQL can say more there than the metadata.
 */
export const schemaDrift = (databaseUrl: string): Promise<string[]> =>
  withOrm(databaseUrl, async (orm) => {
    const sql = await orm.schema.getUpdateSchemaSQL({ wrap: false });
    return sql
      .split(';\n')
      .map((statement) => statement.trim())
      .filter((statement) => /^(create|drop) table|(add|drop|alter|rename) column/i.test(statement))
      .filter((statement) => !/ alter column \S+ (set|drop) default\b[^,]*$/i.test(statement));
  });

async function withOrm<T>(databaseUrl: string, work: (orm: MikroORM) => Promise<T>): Promise<T> {
  const orm = await MikroORM.init({ ...ormOptions, clientUrl: databaseUrl, pool: { min: 0, max: 2 } });
  try {
    return await work(orm);
  } finally {
    await orm.close(true);
  }
}
