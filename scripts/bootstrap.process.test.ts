import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const LOCK = {
  packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0', optional: true } },
};
const FAKE_NPM = `
  const fs = require('node:fs');
  fs.appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
  if (process.argv[2] === 'ci' && fs.existsSync('refuse-ci')) process.exit(1);
  fs.mkdirSync('node_modules', { recursive: true });
  fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
`;

let folder = '';
const put = (path: string, content: string) => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
};
const npmCalls = () => (existsSync(join(folder, 'npm-calls')) ? readFileSync(join(folder, 'npm-calls'), 'utf8') : '');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
  mkdirSync(join(folder, 'scripts'));
  copyFileSync(join(import.meta.dirname, 'bootstrap.mjs'), join(folder, 'scripts', 'bootstrap.mjs'));
  put('package-lock.json', JSON.stringify(LOCK));
  put('npm.js', FAKE_NPM);
  put(
    'scripts/demo.ts',
    'const args: string[] = process.argv.slice(2);\nconsole.log("ran " + args);\nprocess.exit(args.length);\n',
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(...args: string[]) {
  return spawn(process.execPath, ['scripts/bootstrap.mjs', ...args], {
    cwd: folder,
    env: { ...process.env, npm_execpath: join(folder, 'npm.js') },
  });
}

async function bootstrap(...args: string[]): Promise<{ code: number; output: string }> {
  const child = start(...args);
  const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, output: out + errors };
}

describe('installing', () => {
  test('happens when nothing is installed, tests tools and all', async () => {
    expect((await bootstrap('demo')).output).toContain('ran');
    expect(npmCalls()).toMatch(/^ci --include=dev/);
  });

  test('happens when the lock file names another version', async () => {
    put('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '0.9.0' } } }));
    await bootstrap('demo');
    expect(npmCalls()).toContain('ci');
  });

  test('does not happen when all is there but what this system does not need', async () => {
    put('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }));
    await bootstrap('demo');
    expect(npmCalls()).toBe('');
  });

  test('falls back to npm install with a line that says so', async () => {
    put('refuse-ci', '');
    const { code, output } = await bootstrap('demo');
    expect(code).toBe(0);
    expect(output).toContain('trying npm install');
    expect(npmCalls()).toMatch(/^ci .*\ninstall /);
  });
});

describe('handing over', () => {
  beforeEach(() => put('node_modules/.package-lock.json', JSON.stringify(LOCK)));

  test('passes arguments and the exit code', async () => {
    const { code, output } = await bootstrap('demo', 'x', 'y');
    expect(output).toContain('ran x,y');
    expect(code).toBe(2);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('passes %s and waits for the end', async (signal) => {
    put(
      'scripts/demo.ts',
      `process.on('${signal}', () => setImmediate(() => process.exit(7)));\nsetInterval(() => {}, 1000);\nconsole.log('up');\n`,
    );
    const child = start('demo');
    await once(child.stdout, 'data');
    child.kill(signal);
    expect((await once(child, 'exit'))[0]).toBe(7);
  });

  test('an unknown command is refused with the usage', async () => {
    const { code, output } = await bootstrap('destroy');
    expect(code).toBe(1);
    expect(output).toContain('usage:');
  });
});
