/** A bug as somebody might write it one day: `find` stands exactly once in `file`, and `tests` must see it replaced. */
export interface Mutant {
  readonly bug: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly tests: readonly string[];
}
