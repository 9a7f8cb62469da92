import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from '../build/build.ts';
import { withClient } from '../database/index.ts';
import type { LocalSecrets } from '../local/secrets.ts';
import { dataFolder } from '../paths.ts';
import { onShutdown } from '../processes/shutdown.ts';
import { type BenchDatabase, openBenchDatabase, openKey, openSession, placeOfPage, resetPending } from './database.ts';
import { residentPeakMb } from './figures.ts';
import type { Call } from './load.ts';
import { pageBytes } from './page-bytes.ts';
import { measurePayouts } from './payouts.ts';
import { buildFloor, startFloor, startProduct } from './processes.ts';
import { aimsOf, type BenchResult, faultsOf, print } from './report.ts';
import { interleave, type Measured, ratio } from './rounds.ts';
import { coldStarts, memoryUnderLoad, untilAnswered } from './web-figures.ts';
import {
  approveContenders,
  type Both,
  creditContenders,
  deepCursor,
  floorConfig,
  listContenders,
  listPath,
} from './workloads.ts';

export interface BenchOptions {
  readonly rows: number;
  readonly rounds: number;
  readonly sliceMs: number;
  readonly soakSeconds: number;
  readonly starts: number;
  /** Of W6; none leaves it out. */
  readonly payouts: number;
  readonly secrets: LocalSecrets;
}

const CONNECTIONS = [1, 16] as const;
const PAGE = 10_000;

/** The whole run. Whether its figures may be quoted. */
export async function runBench(options: BenchOptions): Promise<boolean> {
  await buildIfStale();
  await buildFloor();
  const database = await openBenchDatabase(options.rows);
  onShutdown(() => database.stop());
  const result = await measure(database, options);
  const faults = faultsOf(result);
  print(result, faults);
  const file = join(dataFolder, 'bench', 'result.json');
  mkdirSync(join(dataFolder, 'bench'), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...result, aims: aimsOf(result), faults }, null, 1)}\n`);
  return faults.length === 0;
}

async function measure(database: BenchDatabase, options: BenchOptions): Promise<BenchResult> {
  const { url } = database;
  const { secrets } = options;
  const { cookieName, cookie } = await openSession(url, secrets.AUTH_SECRET);
  await resetPending(url);
  // Page 10,000, or as deep as a small seed goes.
  const page = Math.min(PAGE, Math.floor((options.rows * 0.9) / 50) - 2);
  const deep = deepCursor(await placeOfPage(url, page));
  const first: Call = { method: 'GET', path: listPath(null), headers: { cookie } };
  const web = { databaseUrl: url, secrets };
  const loads = [loadavg()[0] ?? 0];

  console.log('cold starts ...');
  const coldStart = await coldStarts(web, first, options.starts);
  const product = await startProduct(web);
  const config = await floorConfig({ databaseUrl: url, secret: secrets.AUTH_SECRET, cookieName, deep });
  const floor = await startFloor(config);
  await untilAnswered(product, first);
  await untilAnswered(floor, { ...first, path: '/list?page=first' });
  const both: Both = { product, floor, cookie };
  console.log('sixteen callers, memory ...');
  const memory = await memoryUnderLoad(product, first, options.soakSeconds);
  const bytes = await pageBytes(`http://127.0.0.1:${product.port}/withdrawals`, cookie);
  loads.push(loadavg()[0] ?? 0);

  const measured = await rounds(both, { url, deep, apiKey: await openKey(url), options });
  loads.push(loadavg()[0] ?? 0);
  const runPeakMb = residentPeakMb(product.child.pid ?? 0);
  await product.child.stop();
  await floor.child.stop();
  console.log('payouts, two workers ...');
  const payouts = options.payouts > 0 ? await measurePayouts(options.payouts, secrets) : null;
  return {
    at: new Date().toISOString(),
    rows: options.rows,
    page,
    rounds: options.rounds,
    sliceMs: options.sliceMs,
    cores: availableParallelism(),
    loads: loads.map((load) => Number(load.toFixed(1))),
    node: process.version,
    next: nextVersion(),
    postgres: await postgresVersion(url),
    ...measured,
    coldStart,
    memory: { ...memory, runPeakMb },
    bytes,
    payouts,
  };
}

interface Load {
  readonly url: string;
  readonly deep: string;
  readonly apiKey: string;
  readonly options: BenchOptions;
}

async function rounds(both: Both, { url, deep, apiKey, options }: Load) {
  const { rounds, sliceMs } = options;
  const sliceRequests = 1_500;
  const lists = listContenders(both, deep);
  const approvals = approveContenders(both, { databaseUrl: url, sliceRequests });
  const measured: Measured[] = [];
  const ratios = [];
  for (const connections of CONNECTIONS) {
    console.log(`lists, ${connections} at a time ...`);
    const got = await interleave(lists, connections, { rounds, sliceMs, requestsMax: 100_000 });
    const [productFirst, floorFirst, productDeep, floorDeep] = got as [Measured, Measured, Measured, Measured];
    ratios.push(ratio('W1 product / floor', productFirst, floorFirst));
    ratios.push(ratio('W3 product / product W1', productDeep, productFirst));
    ratios.push(ratio('W3 product / floor', productDeep, floorDeep));
    console.log(`approvals, ${connections} at a time ...`);
    const approved = await interleave(approvals, connections, { rounds, sliceMs, requestsMax: sliceRequests });
    const [productApproves, floorApproves] = approved as [Measured, Measured];
    ratios.push(ratio('W4 product / floor', productApproves, floorApproves));
    measured.push(...got, ...approved);
  }
  console.log('credits of one coin, 8 and 32 at a time ...');
  const credits = await interleave(creditContenders(both, apiKey), 8, { rounds, sliceMs, requestsMax: 100_000 });
  const [few, many] = credits as [Measured, Measured];
  ratios.push(ratio('W5 32 callers / 8 callers', many, few));
  measured.push(...credits);
  return { measured, ratios };
}

function nextVersion(): string {
  const file = join(import.meta.dirname, '..', '..', 'node_modules', 'next', 'package.json');
  const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return version;
}

const postgresVersion = (url: string): Promise<string> =>
  withClient(url, async (client) => (await client.query('show server_version')).rows[0]?.server_version ?? '');
