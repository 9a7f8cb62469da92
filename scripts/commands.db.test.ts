import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { completeEnvironment } from '#server/testing/complete-environment.ts';
import { emptyDatabase, testDatabase } from '#server/testing/database.ts';
import { projectFolder } from './paths.ts';

type Environment = Readonly<Record<string, string | undefined>>;

async function command(args: readonly string[], env: Environment, input = '') {
  const only: Environment = { PATH: process.env['PATH'], ...env };
  const child = spawn(process.execPath, [...args], { cwd: projectFolder, env: only as NodeJS.ProcessEnv });
  child.stdin.end(input);
  const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, out: out.trim(), errors: errors.trim() };
}

const environment = (databaseUrl: string, changes: Environment = {}) =>
  completeEnvironment({ NODE_ENV: 'production', DATABASE_URL: databaseUrl, ...changes });

describe.each(['start-web', 'start-worker'])('%s', (name) => {
  const start = (env: Environment) => command([`scripts/${name}.ts`], env);

  test('refuses with one line while migrations are pending', async () => {
    const { code, errors } = await start(environment(await emptyDatabase(`pending_${name.replace('-', '_')}`)));
    expect(errors).toMatch(/^\d+ migrations are pending: run "npm run migrate" first\.$/);
    expect(code).toBe(1);
  });

  test('refuses with one line for each variable at fault', async () => {
    const { code, errors } = await start(
      environment(await testDatabase(), { AUTH_SECRET: undefined, MBLOCK_TRANSIT_COUNT: 'x' }),
    );
    expect(errors.split('\n').map((line) => line.split(':')[0])).toEqual(['AUTH_SECRET', 'MBLOCK_TRANSIT_COUNT']);
    expect(code).toBe(1);
  });

  test('refuses with one line when the database does not answer, without its password', async () => {
    const { code, errors } = await start(environment('postgres://u:open-sesame@127.0.0.1:9/none'));
    expect(errors).toMatch(/^The database does not answer: .*$/);
    expect(errors).not.toContain('open-sesame');
    expect(code).toBe(1);
  });
});

describe('operator:create', () => {
  const create = async (args: readonly string[], password = 'correct horse battery staple') =>
    command(['scripts/operator-create.ts', ...args], environment(await testDatabase()), `${password}\n`);
  const ada = ['--email', 'ada@operators.example', '--name', 'Ada Lim', '--role', 'admin'];

  test('prints the id alone and ends well; the same address again is refused with one line', async () => {
    const made = await create(ada);
    expect(made.errors).toBe('');
    expect(made.out).toMatch(/^[0-9a-f-]{36}$/);
    expect(made.code).toBe(0);
    const again = await create(ada);
    expect(again.out).toBe('');
    expect(again.errors.split('\n')).toHaveLength(1);
    expect(again.code).toBe(1);
  });

  test.each([
    ['a missing option', ['--email', 'a@b.example', '--name', 'A'], undefined],
    ['an unknown option', ['--mail', 'a@b.example'], undefined],
    ['an unknown role', ['--email', 'a@b.example', '--name', 'A', '--role', 'king'], undefined],
    ['a short password', ['--email', 'a@b.example', '--name', 'A', '--role', 'admin'], 'short'],
    ['no password', ['--email', 'a@b.example', '--name', 'A', '--role', 'admin'], ''],
  ])('refuses %s with one line', async (_what, args, password) => {
    const { code, out, errors } = await create(args, password);
    expect(out).toBe('');
    expect(errors.split('\n')).toHaveLength(1);
    expect(code).toBe(1);
  });
});

describe('operator:reset', () => {
  test('takes the second factor by the e-mail address and prints the id; whoever is not there is refused with one line', async () => {
    const env = environment(await testDatabase());
    const lee = ['--email', 'lee@operators.example', '--name', 'Lee', '--role', 'finance'];
    const made = await command(['scripts/operator-create.ts', ...lee], env, 'correct horse battery staple\n');
    const reset = (email: string) => command(['scripts/operator-reset.ts', '--email', email], env);
    expect(await reset('LEE@operators.example')).toEqual({ code: 0, out: made.out, errors: '' });
    const { code, errors } = await reset('nobody@operators.example');
    expect([code, errors.split('\n').length]).toEqual([1, 1]);
  });
});

describe('audit:verify', () => {
  const verify = (args: readonly string[], env: Environment) => command(['scripts/audit-verify.ts', ...args], env);

  test('says that the record is sound, or names the first row that is not', async () => {
    const url = await testDatabase();
    const sound = await verify([], environment(url));
    expect(sound.out).toMatch(/^The record is sound\./);
    expect(sound.out).toMatch(/NOT SIGNED.*NO kept heads were compared\.$/s);
    expect(sound.code).toBe(0);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      `insert into audit_events (id, at, actor_type, actor_id, action, subject_type, subject_id)
       values ('01929d6e-7b7a-7000-8000-000000000001', now(), 'system', 'nobody', 'withdrawal.approved', 'withdrawal', 'w')`,
    );
    await client.end();
    const forged = await verify([], environment(url));
    expect(forged.out).toMatch(
      /^The record is NOT SOUND: 1 faults, first row_foreign, row 01929d6e-7b7a-7000-8000-000000000001\./,
    );
    expect(forged.code).toBe(1);
  });

  test('refuses with one line when the heads it was told of cannot be read', async () => {
    const { code, errors } = await verify(['--heads', '/nowhere/heads'], environment(await testDatabase()));
    expect(errors).toMatch(/^no signed heads can be read from \/nowhere\/heads: .*$/);
    expect(code).toBe(1);
  });
});

describe('migrate', () => {
  test('up, check and down end well; check fails while something is pending', async () => {
    const env = { DATABASE_URL: await emptyDatabase('migrated') };
    expect(await command(['scripts/migrate.ts', 'check'], env)).toMatchObject({ code: 1 });
    expect(await command(['scripts/migrate.ts', 'up'], env)).toMatchObject({ code: 0 });
    expect(await command(['scripts/migrate.ts', 'check'], env)).toMatchObject({ code: 0 });
    expect(await command(['scripts/migrate.ts', 'down'], env)).toMatchObject({ code: 0 });
  });

  test('refuses an unknown word with the usage', async () => {
    const { code, errors } = await command(['scripts/migrate.ts', 'sideways'], {});
    expect(errors).toMatch(/^usage: /);
    expect(code).toBe(1);
  });
});
