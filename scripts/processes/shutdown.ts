import { constants } from 'node:os';

type Closer = () => Promise<void>;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const closers: Closer[] = [];
let closing: Promise<void> | undefined;

async function closeInReverse(): Promise<void> {
  for (let close = closers.pop(); close; close = closers.pop()) {
    try {
      await close();
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    }
  }
}

/** Closes everything registered so far, last first. Safe to call twice: both wait for the same end. */
export function closeAll(): Promise<void> {
  closing ??= closeInReverse().finally(() => {
    closing = undefined;
  });
  return closing;
}

// A terminal sends Ctrl-C to the whole group and npm passes it on once more: only the first one counts.
function onSignal(signal: NodeJS.Signals): void {
  if (closing !== undefined) return;
  void closeAll().then(() => process.exit(128 + constants.signals[signal]));
}

/**
 * Has `close` run when the process is told to stop (Ctrl-C, SIGTERM, SIGHUP) or `closeAll` is called; what was
 * registered last is closed first. Returns a function that takes it back.
 */
export function onShutdown(close: Closer): () => void {
  if (closers.length === 0) for (const signal of SIGNALS) process.on(signal, onSignal);
  closers.push(close);
  return () => {
    const at = closers.indexOf(close);
    if (at >= 0) closers.splice(at, 1);
    if (closers.length === 0 && closing === undefined) for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}
