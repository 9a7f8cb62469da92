import { afterAll, beforeAll, expect, test } from 'vitest';
import { execute } from '#server/database/sql.ts';
import { AuditSealing } from '#server/jobs/audit-sealing.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { figure, sized } from '../../scripts/prove/size.ts';

const ROWS = sized(6_000, 1_000_000);
const WRITTEN_AT_ONCE = 5_000;
const WITHIN_MS = 60_000;

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ collected: false });
  for (let written = 0; written < ROWS; written += WRITTEN_AT_ONCE)
    await write(Math.min(WRITTEN_AT_ONCE, ROWS - written));
}, 1_200_000);
afterAll(() => app.close());

const AFTER = { status: 'approved', row: 'W4', revision: 1, given: 2, required: 2, digest: 'd'.repeat(64) };

/** As the product writes them, thousands in one statement. */
async function write(count: number): Promise<void> {
  const rows = Array.from({ length: count }, () => {
    const facts = {
      ...{
        id: newId(),
        at: new Date(),
        actorType: 'operator',
        actorId: newId(),
        sessionId: newId(),
        requestId: newId(),
      },
      ...{
        ip: '10.0.0.1',
        action: 'withdrawal.approved',
        outcome: 'done',
        subjectType: 'withdrawal',
        subjectId: newId(),
      },
      ...{ reason: null, before: { status: 'pending' }, after: AFTER },
    };
    return { ...facts, mac: app.container.shared.auditMac.of(facts) };
  });
  await execute(
    app.container.orm.em.fork(),
    `insert into audit_events (id, at, actor_type, actor_id, session_id, request_id, ip, action, outcome, subject_type,
       subject_id, reason, before, after, mac)
     select id, at, "actorType", "actorId", "sessionId", "requestId", ip, action, outcome, "subjectType", "subjectId",
       reason, before, after, mac
     from jsonb_to_recordset($1::jsonb) as r (id uuid, at timestamptz, "actorType" text, "actorId" text, "sessionId" text,
       "requestId" text, ip text, action text, outcome text, "subjectType" text, "subjectId" text, reason text,
       before jsonb, after jsonb, mac text)`,
    [JSON.stringify(rows)],
  );
}

test(`${ROWS} rows are chained, and looked through within a minute`, { timeout: 1_200_000 }, async () => {
  const { sessions, logger } = app.container;
  const begun = performance.now();
  await new AuditSealing({ sessions, logger, targets: [] }).seal();
  const chained = performance.now();
  await app.sql('analyze audit_events, audit_links');
  const from = performance.now();
  const found = await sessions.withoutTransaction(({ auditCheck }) => auditCheck.run({ kept: async () => null }));
  const ms = Math.round(performance.now() - from);
  expect(found).toMatchObject({ sound: true, checked: ROWS, waiting: { count: 0 } });
  expect(ms).toBeLessThan(WITHIN_MS);
  figure(`${ROWS} rows looked through in ${ms} ms, chained in ${Math.round(chained - begun)} ms`);
});
