import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./hold-database.ts', import.meta.url));

export interface Holder {
  readonly url: string;
  readonly lines: readonly string[];
  /** Sends the signal and answers with what the process ended by: its exit code, else the signal. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

async function readyLine(child: ChildProcess, lines: string[]): Promise<string> {
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line.startsWith('ready ')) return line.slice('ready '.length);
  }
  throw new Error(`ended before it was ready: ${lines.join(' | ')}`);
}

/** Another command that has the database open, as far as the cluster can tell. */
export async function startHolder(dataFolder: string, account: { uid?: number; gid?: number } = {}): Promise<Holder> {
  const child = spawn(process.execPath, [program, dataFolder], { ...account, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const url = await readyLine(child, lines);
  return {
    url,
    lines,
    end: async (signal) => {
      child.kill(signal);
      const [code, endedBy] = await once(child, 'exit');
      return code ?? endedBy;
    },
  };
}
