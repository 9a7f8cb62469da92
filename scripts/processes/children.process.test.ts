import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isAlive } from './alive.ts';
import { startChild } from './child.ts';
import { freePort } from './free-port.ts';
import { answerFrom, ChildFailed, messageFrom } from './ready.ts';

const FAMILY = join(import.meta.dirname, 'testing', 'family.ts');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const program = (text: string) =>
  startChild({ name: 'program', args: ['-e', text], env: process.env, logFile: join(folder, 'program.log') });

async function startFamily() {
  const parent = spawn(process.execPath, [FAMILY, 'parent', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const output = createInterface(parent.stdout);
  const pids = await new Promise<number[]>((resolve) => {
    output.on('line', (line) => {
      lines.push(line);
      if (line.startsWith('pids ')) resolve(line.split(' ').slice(1).map(Number));
    });
  });
  return { parent, lines, pids };
}

describe('a family of processes', () => {
  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('ends in reverse order on %s, each child in its own order', async (signal, code) => {
    const { parent, lines, pids } = await startFamily();
    parent.kill(signal);
    // A terminal and npm both pass Ctrl-C on: the second one changes nothing.
    parent.kill(signal);
    expect((await once(parent, 'exit'))[0]).toBe(code);
    expect(lines.slice(1)).toEqual(['stopped second', 'stopped first']);
    expect(pids.some(isAlive)).toBe(false);
    expect(readFileSync(join(folder, 'first.log'), 'utf8')).toContain('child ends in order');
  });

  test('leaves no child behind when its parent is killed', async () => {
    const { parent, pids } = await startFamily();
    expect(pids.every(isAlive)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(pids.some(isAlive)).toBe(false), { timeout: 10_000 });
  });
});

describe('waiting for a child', () => {
  test('that ends early fails with its last lines', async () => {
    const child = program('console.log("no such table"); process.exit(3)');
    const failure = await messageFrom(child, 20_000).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ChildFailed);
    expect(String(failure)).toMatch(/ended \(3\)[\s\S]*no such table/);
  });

  test('that says nothing fails in time, and can be stopped', async () => {
    const child = program('setInterval(() => {}, 1000)');
    await expect(messageFrom(child, 200)).rejects.toThrow(/not ready after 0.2 s/);
    await child.stop();
    expect(child.wasStopped()).toBe(true);
    expect(await child.ended).toBe('SIGTERM');
  });

  test('that serves is ready once it answers', async () => {
    const port = await freePort(0);
    const child = program(`require('http').createServer((_, r) => r.end('up')).listen(${port}, '127.0.0.1')`);
    await answerFrom(child, `http://127.0.0.1:${port}/`, 20_000);
    await child.stop();
  });
});

describe('ports', () => {
  test('the wanted one is taken if free, else the next', async () => {
    const wanted = await freePort(0);
    expect(await freePort(wanted)).toBe(wanted);
    const child = program(`require('http').createServer((_, r) => r.end('up')).listen(${wanted}, '127.0.0.1')`);
    await answerFrom(child, `http://127.0.0.1:${wanted}/`, 20_000);
    expect(await freePort(wanted)).toBeGreaterThan(wanted);
    await child.stop();
  });
});
