import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { SignedHead } from './chain.ts';
import { headOfLine } from './heads-file.ts';

/** Signed heads that were kept outside the database, to be held against the chain. */
export class KeptHeads {
  /** Different heads of one place are both kept: at most one of them can be the chain's. */
  readonly #at = new Map<number, SignedHead[]>();
  #count = 0;
  #lastAt: string | null = null;
  #unreadable = 0;

  /** Throws where the file cannot be read. */
  static async read(path: string): Promise<KeptHeads> {
    const heads = new KeptHeads();
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() !== '') heads.add(line);
    }
    return heads;
  }

  add(line: string): void {
    const head = headOfLine(line);
    if (!head) {
      this.#unreadable += 1;
      return;
    }
    this.#count += 1;
    if (this.#lastAt === null || head.at > this.#lastAt) this.#lastAt = head.at;
    const there = this.#at.get(head.position);
    if (!there) this.#at.set(head.position, [head]);
    else if (!there.some(({ hash }) => hash === head.hash)) there.push(head);
  }

  get count(): number {
    return this.#count;
  }

  get lastAt(): string | null {
    return this.#lastAt;
  }

  /** Lines that are no heads: cut, or written by somebody else. */
  get unreadable(): number {
    return this.#unreadable;
  }

  /** Places in the chain that heads were kept of. */
  get positions(): number[] {
    return [...this.#at.keys()];
  }

  /** Those at this place that say something else than the chain. */
  differing(position: number, hash: string | null): readonly SignedHead[] {
    return this.#at.get(position)?.filter((head) => head.hash !== hash) ?? [];
  }

  beyond(position: number): SignedHead[] {
    return [...this.#at.values()].flat().filter((head) => head.position > position);
  }
}
