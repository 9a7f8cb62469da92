const LINE_CHARACTERS_MAX = 4000;

/** Keeps the last lines of a stream of text, so that they can be shown once something went wrong. */
export class TailBuffer {
  readonly #linesMax: number;
  readonly #lines: string[] = [];
  #rest = '';

  constructor(linesMax: number) {
    this.#linesMax = linesMax;
  }

  /** Takes a piece in and answers with the lines it completed. */
  push(chunk: string): string[] {
    const [first = '', ...others] = chunk.split('\n');
    const pieces = [this.#rest + first, ...others];
    this.#rest = (pieces.pop() ?? '').slice(-LINE_CHARACTERS_MAX);
    this.#lines.push(...pieces);
    this.#lines.splice(0, Math.max(0, this.#lines.length - this.#linesMax));
    return pieces;
  }

  lines(): readonly string[] {
    return this.#rest === '' ? this.#lines : [...this.#lines, this.#rest].slice(-this.#linesMax);
  }
}
