import type { Measured, Stage } from './stage.ts';

/** A promise, the figure it is held to, and what measures it. */
export interface Row {
  readonly no: number;
  readonly promise: string;
  readonly target: string;
  /** Everything, for as long as it takes. */
  full(): Promise<Measured>;
  /** A form of seconds, on a stage that several rows share; absent where the suites of `npm test` hold it. */
  short?(stage: Stage): Promise<Measured>;
}
