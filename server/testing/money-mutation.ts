import type { TestApplication } from './application.ts';

/** One unit of work, made ready: the same call again and again, until one of them is committed. */
export type Prepared = () => Promise<unknown>;

export interface MoneyMutation {
  readonly name: string;
  /** The procedure it is, if it is one. */
  readonly procedure?: string;
  prepare(app: TestApplication): Promise<Prepared>;
}
