import { wordsOfScript } from '../package-scripts.ts';
import { type RunResult, run, tool } from '../processes/run.ts';

export interface Stage {
  readonly name: string;
  /** How many of its last lines say how it ended, for the summary. */
  readonly closingLines?: number;
  run(): Promise<RunResult>;
}

/** A stage that runs what `npm run <script>` runs. */
export const scriptStage = (name: string, script: string, closingLines = 0): Stage => ({
  name,
  closingLines,
  run: () => {
    const [program, ...args] = wordsOfScript(script);
    return run([tool(program), ...args]);
  },
});

/** A stage that answers with what it found wrong; nothing found is a pass. */
export const findingStage = (name: string, find: () => Promise<readonly string[]>, passed: string): Stage => ({
  name,
  run: async () => {
    const findings = await find();
    const lines = findings.length > 0 ? findings : [passed];
    console.log(lines.join('\n'));
    return { code: findings.length > 0 ? 1 : 0, tail: lines };
  },
});
