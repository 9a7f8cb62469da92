import { freePort } from '../processes/free-port.ts';
import { messageOf } from '../processes/refuse.ts';
import { closeAll } from '../processes/shutdown.ts';
import { errorPrinter } from './errors-shown.ts';
import { startWeb, startWorker } from './programs.ts';
import { type LocalOptions, type LocalServices, openLocalServices } from './services.ts';
import { claimDataFolder } from './single.ts';
import { endWith } from './watch.ts';

const WANTED_PORT = 3000;

export interface StackOptions extends Omit<LocalOptions, 'webPort'> {
  /** Between database and web: what needs tables but no server. */
  readonly prepare?: (services: LocalServices) => Promise<void>;
}

/** Database, vendors, migrations, web and worker, in this order; the end of one is the end of all. */
export async function startStack(options: StackOptions): Promise<LocalServices> {
  claimDataFolder(options.dataFolder);
  const wanted = Number.parseInt(process.env['PORT'] ?? '', 10);
  const webPort = await freePort(Number.isInteger(wanted) ? wanted : WANTED_PORT);
  const services = await openLocalServices({ ...options, webPort });
  await options.prepare?.(services);
  const program = { services, onErrorLine: errorPrinter(), development: options.nodeEnv === 'development' };
  const worker = await startWorker(program);
  const web = await startWeb(program);
  endWith([worker, web]);
  return services;
}

/** Runs a command that starts things: if it fails, what it started ends and the reason stands in plain words. */
export async function orEnd(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(messageOf(error));
    await closeAll();
    process.exit(1);
  }
}
