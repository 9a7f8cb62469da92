import { payoutsIn } from './checker.ts';
import type { RunOptions, RunResult } from './run.ts';

const FINDINGS_MAX = 20;

/** The one command that plays this run again. */
export const replayOf = ({ seed, lastsMs, approvals, kills, amounts }: RunOptions): string =>
  `npm run chaos -- --seed ${seed} --minutes ${lastsMs / 60_000} --approvals ${approvals} --kills ${kills} --amounts ${amounts}`;

const figures = (counts: Iterable<readonly [string, number]>): string =>
  [...counts].map(([what, times]) => `${times} ${what}`).join(', ') || 'none';

function byStatus({ facts }: RunResult): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { status } of facts.withdrawals) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

/** What happened, in a few plain lines. */
export function reportOf(run: RunResult): string {
  const { options, facts, findings } = run;
  const says = (word: string) => findings.filter((line) => line.startsWith(`${word}:`)).length;
  const lines = [
    `SEED=${options.seed} ${findings.length === 0 ? 'holds' : 'FAILS'}`,
    `  went wrong    ${run.faults} faults, ${options.kills} of them kills; processes started ${run.starts} times`,
    `  withdrawals   ${figures(byStatus(run))}`,
    `  vendor paid   ${payoutsIn(facts.journal).length} times for ${facts.attempts.length} attempts`,
    `  callers met   ${figures(run.tally)}`,
    `  books         looked at ${run.looks} times while it ran (${run.missedLooks} more while the database was down)`,
    `  people        settled ${run.settled}`,
    `  quiet after   ${Math.round(run.quietMs / 1000)} s; under way still: ${figures(run.underWay)}`,
    `  verdict       ${['double', 'lost', 'stuck', 'books', 'audit'].map((word) => `${says(word)} ${word}`).join(', ')}`,
  ];
  if (findings.length === 0) return lines.join('\n');
  return [
    ...lines,
    ...findings.slice(0, FINDINGS_MAX).map((line) => `  - ${line}`),
    `  logs    ${run.logFolder}`,
    `  replay  ${replayOf(options)}`,
  ].join('\n');
}
