import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuditSealing } from '#server/jobs/audit-sealing.ts';
import { newId } from '#server/kernel/ids.ts';
import { Secret } from '#server/kernel/secret.ts';
import { type Signed, type TestApplication, testApplication } from '#server/testing/application.ts';
import { domainCodeOf } from '#server/testing/withdrawals.ts';
import { AuditExport } from './audit-export.ts';
import { EXPORT_ROWS } from './contract.ts';
import { ExportCheck } from './export-check.ts';
import { SigningKeys } from './signing-keys.ts';

const ROWS = 5_000;
const AT_ONCE = 1_000;
const SEED = Buffer.alloc(32, 5).toString('base64');
const OTHERS = new SigningKeys([new Secret(Buffer.alloc(32, 6).toString('base64'))]);
const FILTER = { action: ['withdrawal.noted'] };

let app: TestApplication;
let auditor: Signed;
let parts: string[][];
beforeAll(async () => {
  app = await testApplication({ collected: false, environment: { AUDIT_SIGNING_KEYS: SEED } });
  auditor = await app.signedInAs('auditor');
  for (let row = 0; row < ROWS; row += AT_ONCE) await noted(AT_ONCE);
  await seal();
  parts = await exported();
});
afterAll(() => app.close());

const noted = (count: number) =>
  app.container.sessions.inTransaction(async ({ audit }) => {
    for (let row = 0; row < count; row += 1) {
      audit.record({
        action: 'withdrawal.noted',
        subject: { type: 'withdrawal', id: newId() },
        by: { type: 'system', id: 'test' },
        reason: `줄 ${row}`,
      });
    }
  });

const seal = () => {
  const { sessions, logger } = app.container;
  return new AuditSealing({ sessions, logger, targets: [] }).seal();
};

async function exported(filter: Parameters<Signed['caller']['audit']['exportSigned']>[0]['filter'] = FILTER) {
  const found: string[][] = [];
  let after: Awaited<ReturnType<Signed['caller']['audit']['exportSigned']>>['after'] = null;
  do {
    const part = await auditor.caller.audit.exportSigned({ filter, after });
    found.push(part.lines);
    after = part.after;
  } while (after);
  return found;
}

const ourKey = async () => (await auditor.caller.audit.signing({})).key?.spki ?? '';
async function verdict(lines: readonly string[], key?: string) {
  const check = new ExportCheck(key ?? (await ourKey()));
  for (const line of lines) if (!check.step(line)) break;
  return check.end();
}

describe('a signed export', () => {
  test('of 5,000 rows comes in parts that are bounded, and can be checked without the database', async () => {
    expect(parts.map((lines) => lines.length - 1)).toEqual([EXPORT_ROWS, EXPORT_ROWS, ROWS - 2 * EXPORT_ROWS]);
    expect(await verdict(parts.flat())).toMatchObject({
      ...{ fault: null, parts: 3, rows: ROWS, unchained: 0 },
      manifest: { filter: FILTER, exportedBy: auditor.id, head: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    });
  });

  const part = (no: number) => parts[no - 1] ?? [];
  const without = (no: number, at: number) => part(no).toSpliced(at, 1);
  const changed = (no: number, at: number, [from, to]: readonly [string | RegExp, string]) =>
    part(no).with(at, part(no)[at]?.replace(from, to) ?? '');
  test.each<[string, () => string[], object]>([
    [
      'a word in a row',
      () => [...part(1), ...changed(2, 7, ['줄', '말']), ...part(3)],
      { fault: 'row_altered', line: 2009 },
    ],
    ['a row taken out', () => [...without(1, 5), ...part(2), ...part(3)], { fault: 'row_missing', line: 6 }],
    ['a row put in', () => [...part(1), part(2)[1] ?? '', ...part(2), ...part(3)], { fault: 'row_added', line: 2002 }],
    [
      'the end of a part',
      () => [...part(1).slice(0, -1), ...part(2), ...part(3)],
      { fault: 'row_missing', line: 2001 },
    ],
    ['a part left out', () => [...part(1), ...part(3)], { fault: 'part_missing', line: 2002 }],
    ['two parts exchanged', () => [...part(2), ...part(1), ...part(3)], { fault: 'part_missing', line: 1 }],
    ['the last part left out', () => [...part(1), ...part(2)], { fault: 'end_missing' }],
    ['another filter', () => [...changed(1, 0, ['withdrawal.noted', 'withdrawal.held'])], { fault: 'signature_wrong' }],
    ['the list of rows', () => [...changed(1, 0, [/"hashes":\["./, '"hashes":["_'])], { fault: 'row_list_altered' }],
    ['nothing at all', () => [], { fault: 'end_missing' }],
  ])('shows what was done to it: %s', async (_, lines, fault) => {
    expect((await verdict(lines())).fault).toMatchObject(fault);
  });

  test('names the row that was altered', async () => {
    const [, row = ''] = part(1);
    const { fault } = await verdict([...changed(1, 1, ['test', 'best'])]);
    expect(fault).toMatchObject({ fault: 'row_altered', eventId: JSON.parse(row)[0][0] });
  });

  test('is refused where somebody else signed it, whatever key they name', async () => {
    const [envelope = '', ...rows] = part(3);
    const { manifest, hashes, keyId } = JSON.parse(envelope);
    const forged = { manifest, hashes, ...OTHERS.signText(`countersign-audit-export-v1\n${manifest}`) };
    const otherKey = OTHERS.publicKey()?.spki;
    expect((await verdict([JSON.stringify(forged), ...rows])).fault).toMatchObject({ fault: 'key_unknown' });
    expect((await verdict([JSON.stringify({ ...forged, keyId }), ...rows])).fault?.fault).toBe('signature_wrong');
    expect((await verdict(parts.flat(), otherKey)).fault).toMatchObject({ fault: 'key_unknown', line: 1 });
  });

  test('does not mix with another one of the same filter', async () => {
    const [first = []] = parts;
    const again = await exported();
    expect((await verdict([...first, ...again.slice(1).flat()])).fault?.fault).toBe('part_of_another_export');
  });

  test('goes on only where a part of ours said, for who began it, with the filter it began with', async () => {
    const { manifest, keyId, signature } = JSON.parse(part(1)[0] ?? '');
    const after = { manifest, keyId, signature };
    const admin = await app.signedInAs('admin');
    const moved = { ...after, manifest: manifest.replace('"part":1', '"part":7') };
    for (const [who, input] of [
      [admin, { filter: FILTER, after }],
      [auditor, { filter: {}, after }],
      [auditor, { filter: FILTER, after: moved }],
    ] as const)
      expect(await who.caller.audit.exportSigned(input).catch(domainCodeOf)).toBe('input.invalid');
  });

  test('is refused while nothing signs', async () => {
    const auditHead = { read: async () => ({ position: 0, hash: '', at: '' }) };
    const em = app.container.orm.em.fork();
    const { clock } = app.container.shared;
    const unsigned = new AuditExport({ em, clock, keys: new SigningKeys([]), head: auditHead } as never);
    const by = { type: 'operator', id: auditor.id, role: 'auditor', sessionId: 's' } as const;
    expect(await unsigned.signed({ filter: FILTER, after: null }, by).catch(domainCodeOf)).toBe('audit.unsigned');
  });

  test('shows a row that was altered in the table before, and which one', async () => {
    const [row] = await app.sql<{ id: string }>(
      `select id from audit_events where action = 'withdrawal.noted' limit 1`,
    );
    await app.sql('alter table audit_events disable trigger all');
    await app.sql(`update audit_events set reason = 'other' where id = ?`, [row?.id]);
    const { fault } = await verdict((await exported()).flat());
    expect(fault).toMatchObject({ fault: 'row_not_in_chain_as_it_is', eventId: row?.id });
  });
});

describe('an export', () => {
  test('is a row of the record itself, part by part', async () => {
    const { rows } = await auditor.caller.audit.list({ filter: { action: ['audit.exported'] }, limit: 3 });
    expect(rows[0]).toMatchObject({ actor: { id: auditor.id }, after: { kind: 'signed', filter: FILTER } });
  });

  test('holds what its reader sees: their own rows, and for support no address', async () => {
    const support = await app.signedInAs('support');
    const address = `0x${'ab'.repeat(20)}`;
    const by = { type: 'operator', id: support.id, role: 'support', sessionId: newId() } as const;
    await app.container.sessions.inTransaction(async ({ audit }) =>
      audit.record({ action: 'wallet.created', subject: { type: 'wallet', id: newId() }, by, after: { address } }),
    );
    const { rows } = await support.caller.audit.export({ filter: {}, cursor: null });
    expect(rows).toEqual([expect.objectContaining({ after: { address: '0xab••••••abab' } })]);
    const whole = await auditor.caller.audit.export({ filter: { actorId: support.id }, cursor: null });
    expect(whole.rows.at(-1)).toMatchObject({ after: { address } });
    expect(await support.caller.audit.exportSigned({ filter: {}, after: null }).catch(domainCodeOf)).toBe(
      'auth.forbidden',
    );
  });

  test('as a table comes in the same parts', async () => {
    const first = await auditor.caller.audit.export({ filter: FILTER, cursor: null });
    const second = await auditor.caller.audit.export({ filter: FILTER, cursor: first.nextCursor });
    const last = await auditor.caller.audit.export({ filter: FILTER, cursor: second.nextCursor });
    expect([first, second, last].map(({ rows }) => rows.length)).toEqual([2_000, 2_000, 1_000]);
    expect(last.nextCursor).toBeNull();
    expect(new Set([first, second, last].flatMap(({ rows }) => rows.map(({ id }) => id))).size).toBe(ROWS);
  });
});
