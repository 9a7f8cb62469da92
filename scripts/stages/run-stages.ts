import { performance } from 'node:perf_hooks';
import { stripVTControlCharacters } from 'node:util';
import { messageOf } from '../processes/refuse.ts';
import type { RunResult } from '../processes/run.ts';
import type { Stage } from './stage.ts';

interface Done {
  readonly stage: Stage;
  readonly code: number;
  readonly seconds: string;
  readonly closing: readonly string[];
}

/** What runners write before the reason of a failure; it stands far above their closing lines. */
const REASON = /error:|expected|received|^\s*[-+] {2}|timed out|timeout|^\s*FAIL/i;
const REASONS_SHOWN = 15;

function closingOf(stage: Stage, { code, tail }: RunResult): string[] {
  const said = tail.map(stripVTControlCharacters).filter((line) => line.trim() !== '');
  const reasons = code === 0 ? [] : said.filter((line) => REASON.test(line)).slice(0, REASONS_SHOWN);
  return [...reasons, ...(stage.closingLines ? said.slice(-stage.closingLines) : [])].map((line) => line.trim());
}

async function runOne(stage: Stage): Promise<RunResult> {
  try {
    return await stage.run();
  } catch (error) {
    console.error(messageOf(error));
    return { code: 1, tail: [] };
  }
}

function summarise(done: readonly Done[], skipped: readonly Stage[]): void {
  console.log('\n=== summary');
  for (const { stage, code, seconds } of done)
    console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${stage.name} (${seconds} s)`);
  for (const stage of skipped) console.log(`--   ${stage.name} (not reached)`);
  for (const { closing } of done) for (const line of closing) console.log(line);
}

/** Runs the stages in order and stops at the first that fails. True if all passed. */
export async function runStages(stages: readonly Stage[]): Promise<boolean> {
  const done: Done[] = [];
  for (const stage of stages) {
    console.log(`\n=== ${stage.name}`);
    const since = performance.now();
    const result = await runOne(stage);
    const { code } = result;
    const seconds = ((performance.now() - since) / 1000).toFixed(1);
    done.push({ stage, code, seconds, closing: closingOf(stage, result) });
    if (code !== 0) break;
  }
  summarise(done, stages.slice(done.length));
  return done.length === stages.length && done.every(({ code }) => code === 0);
}
