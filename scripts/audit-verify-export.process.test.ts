import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditRecord } from '#server/audit/audit-record.ts';
import { digestOf, manifestText, rowLine, signedText, textHash } from '#server/audit/export-format.ts';
import { SigningKeys } from '#server/audit/index.ts';
import { Secret } from '#server/kernel/secret.ts';
import { projectFolder } from './paths.ts';

const KEYS = new SigningKeys([new Secret(Buffer.alloc(32, 3).toString('base64'))]);
const KEY = KEYS.publicKey()?.spki ?? '';
const AT = '2026-11-30T00:00:00.000Z';
const ROW: AuditRecord = {
  ...{ id: '01929d6e-7b7a-7000-8000-000000000001', at: AT, actorType: 'system', actorId: 'test', sessionId: null },
  ...{ requestId: null, ip: null, action: 'wallet.created', outcome: 'done', subjectType: 'wallet', subjectId: 'w' },
  ...{ reason: null, before: null, after: null, mac: null, xact: '1' },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-export-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function exportLines(): string[] {
  const lines = [rowLine(ROW, null)];
  const hashes = lines.map(textHash);
  const manifest = manifestText({
    ...{ exportId: 'e', part: 1, exportedBy: 'auditor', exportedAt: AT, filter: {}, begins: null, next: null },
    ...{ rows: 1, digest: digestOf(hashes), previous: null, head: { position: 0, hash: '0', at: AT } },
  });
  return [JSON.stringify({ manifest, ...KEYS.signText(signedText(manifest)), hashes }), ...lines];
}

/** With nothing in its environment: neither database nor settings. */
function verified(lines: readonly string[], ...more: string[]) {
  const file = join(folder, 'export');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/audit-verify-export.ts', file, ...more], {
    ...{ cwd: projectFolder, encoding: 'utf8', env: { PATH: process.env['PATH'], NODE_ENV: 'production' } },
  });
  return { code: status, out: stdout, errors: stderr };
}

test('says that an export is sound and what that proves, or names the first row that is not as it was', () => {
  const sound = verified(exportLines(), '--key', KEY);
  expect(sound.out).toMatch(/^The export is sound: 1 rows in 1 parts\.\nExported on .* by auditor.*no others/s);
  expect(sound.code).toBe(0);
  const altered = verified(exportLines().with(1, rowLine({ ...ROW, action: 'wallet.paused' }, null)), '--key', KEY);
  expect(altered.out).toMatch(`The export is NOT SOUND: row_altered at line 2, row ${ROW.id}.`);
  expect(altered.code).toBe(1);
});

test('believes no key that comes with the file', () => {
  expect(verified(exportLines())).toMatchObject({ code: 1, out: '', errors: expect.stringMatching(/^usage: .*KEY/) });
});
