import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

const silent = new Writable({ write: (_chunk, _encoding, done) => done() });

/** Asks without showing what is typed. */
async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await reader.question('');
  } finally {
    reader.close();
    process.stderr.write('\n');
  }
}

/** A password from a person at the terminal, else from whatever is piped in: its first line. */
export async function readPassword(question: string): Promise<string> {
  if (process.stdin.isTTY) return ask(question);
  return (await text(process.stdin)).split(/\r?\n/)[0] ?? '';
}
