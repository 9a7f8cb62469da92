import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Entry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

function fixed(packages: Record<string, Entry>): Record<string, Entry> {
  const file = join(folder, 'package-lock.json');
  writeFileSync(file, JSON.stringify({ lockfileVersion: 3, packages }));
  execFileSync(process.execPath, [join(import.meta.dirname, 'fix-lock.mjs'), file]);
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

const tool = (entry: Entry = {}): Entry => ({
  version: '1.0.0',
  optionalDependencies: { 'tool-darwin-arm64': '^1.0.0' },
  ...entry,
});

test('a binary for another system that is missing is entered with its system', () => {
  expect(fixed({ 'node_modules/tool': tool({ dev: true }) })['node_modules/tool-darwin-arm64']).toEqual({
    version: '1.0.0',
    cpu: ['arm64'],
    dev: true,
    optional: true,
    os: ['darwin'],
  });
});

test('one that stands beside its package or above it is left alone', () => {
  const there = { version: '1.0.0', optional: true };
  const packages = {
    'node_modules/a/node_modules/tool': tool(),
    'node_modules/a/node_modules/tool-darwin-arm64': there,
  };
  expect(Object.keys(fixed(packages))).toHaveLength(2);
});

test('download addresses are taken out', () => {
  expect(fixed({ 'node_modules/tool': { version: '1.0.0', resolved: 'https://host.example/t.tgz' } })).toEqual({
    'node_modules/tool': { version: '1.0.0' },
  });
});

test('the lock file of the project ties nobody to a registry and lacks nothing', () => {
  const text = readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8');
  expect(text).not.toContain('"resolved"');
  expect(Object.keys(fixed(JSON.parse(text).packages))).toEqual(Object.keys(JSON.parse(text).packages));
});
