import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuditSealing } from '#server/jobs/audit-sealing.ts';
import { newId } from '#server/kernel/ids.ts';
import { Secret } from '#server/kernel/secret.ts';
import { headsWebhook } from '#server/messengers/index.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import type { HeadTarget } from './head-target.port.ts';
import { headsFile } from './heads-file.ts';

const SEED = Buffer.alloc(32, 7).toString('base64');
const BY = { type: 'system', id: 'test' } as const;

let app: TestApplication;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-heads-'));
  app = await testApplication({
    collected: false,
    environment: { AUDIT_SIGNING_KEYS: SEED, AUDIT_HEADS_FILE: join(folder, 'heads.jsonl') },
  });
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const sealing = (...targets: HeadTarget[]) =>
  new AuditSealing({ sessions: app.container.sessions, targets, logger: app.container.logger });
const seal = () => sealing().seal();

async function recorded(action: string): Promise<string> {
  const id = newId();
  await app.container.sessions.inTransaction(async ({ audit }) =>
    audit.record({
      action,
      subject: { type: 'system', id },
      by: BY,
      after: { text: '한"글', none: undefined as never },
    }),
  );
  return id;
}

const origins = () =>
  app.sql<{ action: string; origin: string; position: string }>(
    `select e.action, l.origin, l.position::text from audit_links l join audit_events e on e.id = l.event_id
     order by l.position`,
  );
const told = (type: string) =>
  app.sql<{ reason: string }>('select reason from notification_events where type = ?', [type]);
const dueAgain = () => app.sql("update audit_exports set tried_at = now() - interval '1 min'");

describe('the sealer', () => {
  test('chains what was committed, each row once and as ours', async () => {
    await recorded('a.first');
    await seal();
    await recorded('a.second');
    await Promise.all([seal(), seal()]);
    await seal();
    expect((await origins()).map(({ action, origin, position }) => [action, origin, position])).toEqual([
      ['a.first', 'ours', '1'],
      ['a.second', 'ours', '2'],
    ]);
  });

  test('neither waits for a running transaction nor forgets its row', async () => {
    const { promise: goesOn, resolve: goOn } = Promise.withResolvers<void>();
    const slow = app.container.sessions.inTransaction(async ({ audit, workers }) => {
      audit.record({ action: 'b.slow', subject: { type: 'system', id: 'b' }, by: BY });
      await workers.beat({ name: 'slow', host: 'host', processId: 1 });
      await goesOn;
    });
    await recorded('b.quick');
    await seal();
    await recorded('b.later');
    await seal();
    goOn();
    await slow;
    await seal();
    expect((await origins()).map(({ action }) => action).slice(-3)).toEqual(['b.quick', 'b.later', 'b.slow']);
  });

  test('takes a row that somebody else put there for what it is, and says so', async () => {
    const before = await told('audit.foreign_row');
    await app.sql(
      `insert into audit_events (id, at, actor_type, actor_id, action, subject_type, subject_id, mac, xact)
       values (?, now(), 'operator', 'somebody', 'c.forged', 'system', 'c', ?, '1'),
              (?, now(), 'operator', 'somebody', 'c.unmarked', 'system', 'c', null, pg_current_xact_id())`,
      [newId(), 'f'.repeat(64), newId()],
    );
    await seal();
    // One is dated back to a transaction that was settled long ago: no sealer will ever look there.
    expect((await origins()).filter(({ origin }) => origin !== 'ours').map(({ action }) => action)).toEqual([
      'c.unmarked',
    ]);
    expect(await told('audit.foreign_row')).toHaveLength(before.length + 1);
  });

  test('goes on in a database that counts its transactions anew', async () => {
    await app.sql("update audit_head set settled_through = '999999999'");
    await recorded('d.after_restore');
    await seal();
    expect((await origins()).at(-1)).toMatchObject({ action: 'd.after_restore', origin: 'ours' });
    await recorded('d.and_on');
    await seal();
    expect((await origins()).at(-1)).toMatchObject({ action: 'd.and_on' });
  });
});

describe('a head', () => {
  const path = () => join(folder, 'heads.jsonl');
  const kept = () =>
    readFileSync(path(), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  test('is signed, and goes to the file every twenty seconds, whether or not anything is new', async () => {
    await recorded('e.before');
    await seal();
    await sealing(headsFile(path())).export();
    await sealing(headsFile(path())).export();
    await dueAgain();
    await sealing(headsFile(path())).export();
    const [first, second, ...rest] = kept();
    expect(rest).toEqual([]);
    expect(first.position).toBe((await origins()).length);
    expect(second).toMatchObject({ position: first.position, hash: first.hash });
    expect(second.at > first.at).toBe(true);
    expect([first, second].map((head) => app.container.shared.auditKeys.hasSigned(head))).toEqual([true, true]);
    expect(app.container.shared.auditKeys.hasSigned({ ...first, at: second.at })).toBe(false);
  });

  test('that could not be kept for a minute is told once, and again when it can', async () => {
    const broken = headsFile(join(folder, 'no such folder', 'heads'));
    for (const secondsAgo of [10, 61, 80]) {
      await dueAgain();
      await app.sql('update audit_exports set exported_at = now() - make_interval(secs => ?)', [secondsAgo]);
      await sealing(broken).export();
      expect(await told('audit.export_failed')).toHaveLength(secondsAgo > 60 ? 1 : 0);
    }
    expect(await told('audit.export_failed')).toEqual([{ reason: 'ENOENT' }]);
    await dueAgain();
    await sealing(headsFile(path())).export();
    expect(await told('audit.export_resumed')).toHaveLength(1);
  });

  test('stands among the facts of the installation: when it was kept, how far behind it is, whether that is late', async () => {
    const standing = async () =>
      (await app.container.sessions.withoutTransaction(({ systemStatus }) => systemStatus.view())).keptHeads;
    await seal();
    await dueAgain();
    await sealing(headsFile(path())).export();
    const keptAt = expect.stringMatching(/^20.*Z$/);
    expect(await standing()).toEqual([{ target: 'file', keptAt, rowsBehind: 0, isLate: false }]);
    await recorded('e.behind');
    await seal();
    expect(await standing()).toMatchObject([{ rowsBehind: 1, isLate: false }]);
    await app.sql("update audit_exports set exported_at = now() - interval '61 s' where target = 'file'");
    expect(await standing()).toMatchObject([{ rowsBehind: 1, isLate: true }]);
    await app.sql("update audit_exports set exported_at = null where target = 'file'");
    expect(await standing()).toMatchObject([{ keptAt: null, isLate: true }]);
  });

  test('is posted to the address of the configuration', async () => {
    const bodies: string[] = [];
    let status = 503;
    const server = createServer((request, response) => {
      request.on('data', (chunk) => bodies.push(String(chunk)));
      request.on('end', () => response.writeHead(status).end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : null;
    const webhook = headsWebhook(new Secret(`http://127.0.0.1:${port}/heads`), () => undefined);
    await sealing(webhook).export();
    expect(await app.sql('select failure, exported_at from audit_exports where target = ?', ['webhook'])).toEqual([
      { failure: 'http_503', exported_at: expect.anything() },
    ]);
    status = 204;
    await dueAgain();
    await sealing(webhook).export();
    expect(app.container.shared.auditKeys.hasSigned(JSON.parse(bodies.at(-1) ?? ''))).toBe(true);
    expect(await app.sql('select failure from audit_exports where target = ?', ['webhook'])).toEqual([
      { failure: null },
    ]);
    server.close();
  });
});
