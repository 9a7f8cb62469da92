import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import pg from 'pg';

/**
 * What happens to one statement on its way to Postgres.
 *
 * - `raised`: Postgres refuses it, as the victim of a deadlock
 * - `cut`: the connection ends before it leaves; `cut after`: it ran, and the connection ends before the answer
 * - `timed out`: it takes longer than Postgres lets it
 * - `thrown`: the driver throws something nobody has heard of
 */
export const STATEMENT_FAULTS = ['raised', 'cut', 'cut after', 'timed out', 'thrown'] as const;
export type StatementFault = (typeof STATEMENT_FAULTS)[number];

interface Connection extends EventEmitter {
  readonly stream: Socket;
}

/** The driver's own object for one statement. */
interface Statement {
  text: string;
  name: string | undefined;
  values: unknown;
}

type Submit = (this: Statement, connection: Connection) => Error | null;

const driver = pg.Query.prototype as unknown as { submit: Submit };
const submit = driver.submit;

/** Below every client: whatever a library does before, this is what goes over the wire. */
async function intercepted<T>(by: Submit, work: () => Promise<T>): Promise<T> {
  driver.submit = by;
  try {
    return await work();
  } finally {
    driver.submit = submit;
  }
}

export interface FaultPoint {
  /** Number of the statement, from 0. */
  readonly at: number;
  readonly fault: StatementFault;
  /** Told the statement's own text, once it is reached. */
  onMet(text: string): void;
}

/** Does the work while one of its statements meets a fault. */
export function withFault<T>({ at, fault, onMet }: FaultPoint, work: () => Promise<T>): Promise<T> {
  let seen = 0;
  return intercepted(function (this: Statement, connection) {
    const meets = seen === at;
    seen += 1;
    if (!meets) return submit.call(this, connection);
    onMet(this.text);
    return FAULTS[fault].call(this, connection);
  }, work);
}

/** Sent instead of the statement, so that what comes back is Postgres' own answer. */
const instead = (text: string): Submit =>
  function (connection) {
    Object.assign(this, { text, name: undefined, values: undefined });
    return submit.call(this, connection);
  };

const FAULTS: Readonly<Record<StatementFault, Submit>> = {
  raised: instead(`do $$ begin raise exception 'on purpose' using errcode = 'deadlock_detected'; end $$`),
  'timed out': instead('set local statement_timeout = 5; select pg_sleep(5)'),
  thrown: () => new Error('on purpose'),
  cut(connection) {
    connection.stream.destroy();
    return submit.call(this, connection);
  },
  'cut after'(connection) {
    // The client must not learn that the statement is over before it learns that the connection is.
    connection.removeAllListeners('readyForQuery');
    connection.once('readyForQuery', () => connection.stream.destroy());
    return submit.call(this, connection);
  },
};

/** Does the work, and tells the text of each statement that it sends. */
export function watchingStatements<T>(onSent: (text: string) => void, work: () => Promise<T>): Promise<T> {
  return intercepted(function (this: Statement, connection) {
    onSent(`${this.name ?? ''} ${this.text}`);
    return submit.call(this, connection);
  }, work);
}
