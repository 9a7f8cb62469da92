import type { EntityManager } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '#server/database/sql.ts';
import { AuditSealing } from '#server/jobs/audit-sealing.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { cutTail, EDITS, rebuild } from '#server/testing/audit-tampering.ts';
import { Random } from '../../scripts/chaos/random.ts';
import { figure, sized } from '../../scripts/prove/size.ts';
import { AuditCheck } from './audit-check.ts';
import { AuditHead } from './audit-head.ts';
import type { SignedHead } from './chain.ts';
import { KeptHeads } from './kept-heads.ts';

const ROWS = 60;
const SEED = 30;
const KEY = { AUDIT_SIGNING_KEYS: Buffer.alloc(32, 9).toString('base64') };

let app: TestApplication;
const heads: SignedHead[] = [];
beforeAll(async () => {
  app = await testApplication({ collected: false, environment: KEY });
  for (let row = 1; row <= ROWS; row += 1) {
    await record(row);
    if (row % 20 === 0) await sealed();
  }
});
afterAll(() => app.close());

const record = (count: number) =>
  app.container.sessions.inTransaction(async ({ audit }) =>
    audit.record({
      action: count % 2 === 0 ? 'withdrawal.approved' : 'wallet.created',
      subject: { type: 'withdrawal', id: newId() },
      by: { type: 'system', id: 'test' },
      ...(count % 3 === 0 && { reason: `reason ${count}`, before: { status: 'pending' } }),
      after: { count: 1 },
    }),
  );

/** As the worker does: the chain, and a head for the world outside. */
async function sealed(): Promise<void> {
  const keep = async (head: SignedHead) => {
    heads.push(head);
    return null;
  };
  await app.sql('update audit_exports set tried_at = null');
  const { sessions, logger } = app.container;
  const sealing = new AuditSealing({ sessions, logger, targets: [{ name: 'file', keep }] });
  await sealing.seal();
  await sealing.export();
}

function kept(): KeptHeads {
  const lines = new KeptHeads();
  for (const head of heads) lines.add(JSON.stringify(head));
  return lines;
}

const verdict = (em: EntityManager, withKept: KeptHeads | null = kept()) => {
  const { auditMac: mac, auditKeys: keys } = app.container.shared;
  return new AuditCheck({ em, mac, keys, head: new AuditHead({ em, keys }) }).run({ kept: async () => withKept });
};

/** Rules the database for a while: no trigger and no constraint between tables holds. Then it never was. */
async function tampered<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
  const em = app.container.orm.em.fork();
  await em.begin();
  try {
    await em.execute('set local session_replication_role = replica');
    return await work(em);
  } finally {
    await em.rollback();
  }
}

describe('the record', () => {
  test('is sound as it was written, and every kept head fits', async () => {
    expect(await verdict(app.container.orm.em.fork())).toMatchObject({
      sound: true,
      checked: ROWS,
      firstFault: null,
      head: { position: ROWS, isSigned: true },
      waiting: { count: 0, oldestAt: null },
      keptHeads: { count: 3 },
    });
  });

  test('shows every edit by whoever rules the database, and names the first row', { timeout: 600_000 }, async () => {
    const random = new Random(SEED);
    const names = Object.keys(EDITS);
    const tries = sized(8 * names.length, 1_000);
    const missed: string[] = [];
    for (let no = 0; no < tries; no += 1) {
      const name = names[no % names.length] ?? '';
      const { found, position } = await tampered(async (em) => {
        const int = (min: number, max: number) => random.int(min, max);
        const place = (await EDITS[name]?.({ em, int, length: ROWS })) ?? null;
        return { position: place, found: await verdict(em) };
      });
      const named = found.firstFault?.position === position && (position !== null || found.firstFault?.eventId);
      if (found.sound || !named)
        missed.push(`seed ${SEED}, edit ${no}, ${name} at ${position}: ${JSON.stringify(found.firstFault)}`);
    }
    expect(missed).toEqual([]);
    figure(`${tries} of ${tries} edits found, the first bad row named each time (seed ${SEED})`);
  });

  test('that lost its end is not the one whose head was kept, though an older signature is put back', async () => {
    const older = heads[1];
    const found = await tampered(async (em) => {
      await cutTail(em, older?.position ?? 0);
      await sql(em, "update audit_head set at = ?::timestamptz, signature = decode(?, 'base64')", [
        older?.at,
        older?.signature,
      ]);
      return [await verdict(em), await verdict(em, null)];
    });
    expect(found[0]).toMatchObject({ sound: false, firstFault: { fault: 'tail_cut', position: ROWS } });
    // Without what was kept outside nobody could tell.
    expect(found[1]).toMatchObject({ sound: true, head: { isSigned: true } });
  });

  test.each([1, 7, 33])('cut after row %i has no signature for its end', async (end) => {
    const found = await tampered(async (em) => {
      await cutTail(em, end);
      return verdict(em, null);
    });
    expect(found).toMatchObject({ sound: false, firstFault: { fault: 'head_unsigned' } });
  });

  test('built anew from any row is not the one whose heads were kept', async () => {
    for (const position of [1, 20, 21, 45, ROWS]) {
      const found = await tampered(async (em) => {
        await rebuild(em, { position, length: ROWS });
        return [await verdict(em), await verdict(em, null)];
      });
      const firstKept = Math.ceil(position / 20) * 20;
      expect(found[0]).toMatchObject({ sound: false, firstFault: { fault: 'rebuilt', position: firstKept } });
      expect(found[1]).toMatchObject({ sound: false, firstFault: { fault: 'head_unsigned', position: ROWS } });
    }
  });

  test('emptied whole is not the one whose heads were kept', async () => {
    const found = await tampered(async (em) => {
      await sql(em, 'truncate audit_events, audit_links');
      await sql(em, "update audit_head set position = 0, hash = decode(repeat('00', 32), 'hex')");
      return verdict(em);
    });
    expect(found).toMatchObject({ sound: false, checked: 0, firstFault: { fault: 'tail_cut', position: 20 } });
  });

  test('is not called false because of a head that nobody signed: the line is', async () => {
    const found = await tampered((em) => {
      const lines = kept();
      lines.add(JSON.stringify({ ...heads[0], hash: 'f'.repeat(64) }));
      return verdict(em, lines);
    });
    expect(found).toMatchObject({ faults: 1, firstFault: { fault: 'kept_head_false', position: 20 } });
  });
});
