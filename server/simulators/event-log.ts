import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What a simulator did and was told, in order. Its whole state follows from it, so that one that was killed and started
 * again on the same folder still knows. Without a folder it lives in memory only.
 */
export class EventLog<Event> {
  readonly #file: string | null;
  readonly #events: Event[] = [];

  constructor(deps: { folder?: string | undefined; name: string }) {
    this.#file = deps.folder === undefined ? null : path.join(deps.folder, `${deps.name}.jsonl`);
    if (deps.folder !== undefined) mkdirSync(deps.folder, { recursive: true });
    if (this.#file !== null && existsSync(this.#file)) this.#events.push(...readEvents<Event>(this.#file));
  }

  get events(): readonly Event[] {
    return this.#events;
  }

  /** Written before the caller is answered: a kill in between loses the answer, never the deed. */
  append(event: Event): void {
    this.#events.push(event);
    if (this.#file !== null) appendFileSync(this.#file, `${JSON.stringify(event)}\n`);
  }

  clear(): void {
    this.#events.length = 0;
    if (this.#file !== null) rmSync(this.#file, { force: true });
  }
}

/** The events of a file that only this class writes. A last line cut short by a kill never happened, and is removed. */
function readEvents<Event>(file: string): Event[] {
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) writeFileSync(file, whole);
  const lines = whole.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Event);
}
