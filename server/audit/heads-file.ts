import { open } from 'node:fs/promises';
import type { SignedHead } from './chain.ts';
import type { HeadTarget } from './head-target.port.ts';

/** One head as JSON a line, added at the end and on the disk before it counts as kept. */
export function headsFile(path: string): HeadTarget {
  return {
    name: 'file',
    async keep(head) {
      try {
        await append(path, `${JSON.stringify(head)}\n`);
        return null;
      } catch (error) {
        return error instanceof Error && 'code' in error ? String(error.code) : 'not_written';
      }
    },
  };
}

async function append(path: string, line: string): Promise<void> {
  const file = await open(path, 'a', 0o640);
  try {
    await file.appendFile(line);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Null for what is no head, such as a line that was cut. */
export function headOfLine(line: string): SignedHead | null {
  try {
    const { position, hash, at, keyId, signature }: Partial<SignedHead> = JSON.parse(line);
    const texts = [hash, at, keyId, signature];
    if (!Number.isSafeInteger(position) || texts.some((text) => typeof text !== 'string')) return null;
    return { position, hash, at, keyId, signature } as SignedHead;
  } catch {
    return null;
  }
}
