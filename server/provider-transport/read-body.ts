import type { IncomingMessage } from 'node:http';
import { BODY_TOO_LARGE, CONNECTION_CLOSED, codeOf } from './failure-words.ts';

/** What has been read so far; filled while the reply arrives, so that a failure can still show it. */
export interface BodyRead {
  readonly chunks: Buffer[];
  readonly bytesMax: number;
  bytes: number;
  status?: number;
}

/** Reads a reply to its end or to the limit. `done` gets null, or the word for what went wrong. */
export function readBody(response: IncomingMessage, read: BodyRead, done: (error: string | null) => void): void {
  if (response.statusCode !== undefined) read.status = response.statusCode;
  response.on('data', (chunk: Buffer) => {
    read.bytes += chunk.length;
    if (read.bytes > read.bytesMax) return done(BODY_TOO_LARGE);
    read.chunks.push(chunk);
  });
  response.on('error', (error) => done(codeOf(error)));
  response.on('end', () => done(response.complete ? null : CONNECTION_CLOSED));
}
