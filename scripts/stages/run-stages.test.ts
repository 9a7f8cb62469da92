import { beforeEach, expect, test, vi } from 'vitest';
import { runStages } from './run-stages.ts';
import { findingStage, type Stage } from './stage.ts';

const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  for (const method of ['log', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((line: string) => printed.push(...line.split('\n')));
});

const stage = (name: string, code: number, tail: readonly string[] = []): Stage => ({
  name,
  closingLines: 2,
  run: async () => ({ code, tail }),
});

test('all stages run in order and their closing lines come again at the end', async () => {
  expect(await runStages([stage('one', 0, ['noise', ' Tests  3 passed']), stage('two', 0, ['12 passed (4.2s)'])])).toBe(
    true,
  );
  expect(printed.filter((line) => line.startsWith('==='))).toEqual(['=== one', '=== two', '=== summary']);
  expect(printed.slice(-3)).toEqual(['noise', 'Tests  3 passed', '12 passed (4.2s)']);
  expect(printed.join('\n')).toMatch(/ok {3}one \(\d+\.\d s\)/);
});

test('the first failure ends the run', async () => {
  const last = { name: 'three', run: vi.fn() };
  expect(await runStages([stage('one', 0), stage('two', 2), last])).toBe(false);
  expect(last.run).not.toHaveBeenCalled();
  expect(printed).toEqual(expect.arrayContaining([expect.stringMatching(/^FAIL two/), '--   three (not reached)']));
});

test('what failed says why at the end too, also where its runner says so early', async () => {
  await runStages([stage('browser', 1, ['Error: not visible', '    at a.ts:3', 'steps', '1 failed', '2 passed'])]);
  expect(printed.slice(-3)).toEqual(['Error: not visible', '1 failed', '2 passed']);
});

test('a stage that throws fails with its message', async () => {
  const broken: Stage = { name: 'broken', run: () => Promise.reject(new Error('no browser')) };
  expect(await runStages([broken])).toBe(false);
  expect(printed).toContain('no browser');
});

test('findings fail a stage, none pass it', async () => {
  expect(await runStages([findingStage('clean', async () => [], 'nothing found')])).toBe(true);
  expect(printed).toContain('nothing found');
  expect(await runStages([findingStage('dirty', async () => ['a leak'], 'nothing found')])).toBe(false);
  expect(printed).toContain('a leak');
});
