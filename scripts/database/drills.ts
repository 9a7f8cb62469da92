import { launchPostgres } from './launch.ts';
import type { Places } from './places.ts';
import { crashPostmaster, type Postmaster, runningPostmaster, stopPostmaster } from './postmaster.ts';
import { promote, type Standby, startStandby } from './standby.ts';

/** The server that stands for a cluster; a drill may put another one in its place. */
export interface Serving {
  places: Places;
  server: Postmaster;
  readonly durable: boolean;
  readonly logFile: string;
  urlAt(port: number): string;
}

/** What may be done to a server to see what becomes of those who use it. */
export class Drills {
  readonly #serving: Serving;
  #standby: Standby | undefined;

  constructor(serving: Serving) {
    this.#serving = serving;
  }

  /** Where it is now; it moves when it is started again or replaced. */
  get port(): number {
    return this.#serving.server.port;
  }

  /** Ends it without ceremony and starts it again; meanwhile its folder may be moved. */
  async crash(meanwhile: (cluster: string) => Promise<unknown>): Promise<void> {
    const { places, server } = this.#serving;
    if (runningPostmaster(places.cluster)) await crashPostmaster(places.cluster, server.pid);
    await meanwhile(places.cluster);
    this.#serving.server = await launchPostgres(places, this.#serving);
  }

  /** Starts it again if it has ended by itself, as a supervisor does. */
  async revive(): Promise<void> {
    const { places } = this.#serving;
    if (!runningPostmaster(places.cluster)) this.#serving.server = await launchPostgres(places, this.#serving);
  }

  /** From here on a second server has every commit that was said yes to. */
  async standBy(): Promise<void> {
    this.#standby = await startStandby({ ...this.#serving, url: this.#serving.urlAt(this.port) });
  }

  /** Ends the server for good; the one beside it takes its place. */
  async failOver(): Promise<void> {
    if (!this.#standby) throw new Error('nothing stands by');
    const { places, server } = this.#serving;
    await crashPostmaster(places.cluster, server.pid);
    await promote(this.#serving.urlAt(this.#standby.server.port));
    Object.assign(this.#serving, this.#standby);
    this.#standby = undefined;
  }

  /** Ends what stands by. */
  async stop(): Promise<void> {
    if (this.#standby) await stopPostmaster(this.#standby.places.cluster, this.#standby.server.pid);
  }
}
