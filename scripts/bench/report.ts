import type { PageBytes } from './page-bytes.ts';
import type { PayoutFigures } from './payouts.ts';
import type { Measured, Ratio } from './rounds.ts';
import type { MemoryFigures } from './web-figures.ts';

export interface BenchResult {
  readonly at: string;
  readonly rows: number;
  readonly page: number;
  readonly rounds: number;
  readonly sliceMs: number;
  readonly cores: number;
  readonly loads: readonly number[];
  readonly node: string;
  readonly next: string;
  readonly postgres: string;
  readonly measured: readonly Measured[];
  readonly ratios: readonly Ratio[];
  readonly coldStart: { readonly seconds: readonly number[]; readonly median: number };
  readonly memory: MemoryFigures & { readonly runPeakMb: number };
  readonly bytes: PageBytes;
  readonly payouts: PayoutFigures | null;
}

export interface Aim {
  readonly what: string;
  readonly aim: string;
  readonly measured: number;
  readonly isMet: boolean;
}

const SPREAD_MAX = 0.25;

const atLeast = (what: string, measured: number, aim: number): Aim => ({
  what,
  aim: `>= ${aim}`,
  measured,
  isMet: measured >= aim,
});
const atMost = (what: string, measured: number, aim: number): Aim => ({
  what,
  aim: `<= ${aim}`,
  measured,
  isMet: measured <= aim,
});

export function aimsOf(result: BenchResult): Aim[] {
  const ratios = (what: string, aim: number) =>
    result.ratios
      .filter((ratio) => ratio.what === what)
      .map((ratio) => atLeast(`${what}, c=${ratio.connections}`, ratio.median, aim));
  return [
    ...ratios('W1 product / floor', 0.55),
    ...ratios('W3 product / product W1', 0.9),
    ...ratios('W4 product / floor', 0.5),
    ...ratios('W5 32 callers / 8 callers', 0.9),
    atMost('web memory under c=16, MB', result.memory.peakMb, 320),
    atMost('cold start to first authenticated reply, s', result.coldStart.median, 1.3),
    ...payoutAims(result.payouts),
    atMost('JavaScript of /withdrawals, KB gzip', result.bytes.jsGzipKb, 180),
  ];
}

const payoutAims = (payouts: PayoutFigures | null): Aim[] =>
  payouts
    ? [atLeast('W6 payouts a second, two workers', payouts.perSecond, 200), atMost('W6 paid twice', payouts.double, 0)]
    : [];

/** Why the figures must not be quoted; none when they may. */
export function faultsOf(result: BenchResult): string[] {
  const broken = result.measured
    .filter((each) => each.errors > 0 || each.requests === 0)
    .map((each) => `${each.name}, c=${each.connections}: ${each.errors} errors or empty replies (${each.firstError})`);
  const apart = result.ratios
    .filter((ratio) => !(ratio.spread <= SPREAD_MAX))
    .map((ratio) => `${ratio.what}, c=${ratio.connections}: rounds lie ${Math.round(ratio.spread * 100)} % apart`);
  const soak = result.memory.errors > 0 ? [`memory run: ${result.memory.errors} errors or empty replies`] : [];
  const page = result.bytes.status === 200 ? [] : [`/withdrawals answered ${result.bytes.status}`];
  return [...broken, ...apart, ...soak, ...page];
}

const percent = (part: number): string => `${Math.round(part * 100)} %`;

export function print(result: BenchResult, faults: readonly string[]): void {
  const { rows, rounds, sliceMs, cores, loads, memory, coldStart, bytes, payouts } = result;
  console.log(`\n${result.at}  ${rows} withdrawals, ${cores} cores, load ${loads.join(' -> ')}`);
  console.log(
    `Node ${result.node}, Next ${result.next}, Postgres ${result.postgres}; ${rounds} rounds of 2 x ${sliceMs} ms`,
  );
  console.table(
    result.measured.map((each) => ({
      workload: each.name,
      c: each.connections,
      rps: each.rps,
      p50: each.p50,
      p95: each.p95,
      errors: each.errors,
      'KB/reply': Math.round(each.bytesPerReply / 102.4) / 10,
      'server CPU ms/reply': each.cpuMsPerRequest,
    })),
  );
  console.table(
    result.ratios.map((each) => ({
      ratio: each.what,
      c: each.connections,
      rounds: each.rounds.join(' '),
      median: each.median,
      spread: percent(each.spread),
    })),
  );
  console.log(`cold start: ${coldStart.seconds.join(' ')} s, median ${coldStart.median} s`);
  console.log(
    `web memory: idle ${memory.idleMb}, peak ${memory.peakMb} in ${memory.requests} replies, after a rest ` +
      `${memory.restedMb}, peak of the whole run ${memory.runPeakMb} MB`,
  );
  console.log(
    `/withdrawals: ${bytes.jsGzipKb} KB JavaScript gzip (and ${bytes.legacyJsGzipKb} KB for browsers without modules), ${bytes.cssGzipKb} KB CSS gzip, ${bytes.htmlKb} KB HTML, ` +
      `${bytes.scripts} files; page 10,000 was page ${result.page}`,
  );
  if (payouts) {
    console.log(
      `W6: ${payouts.payouts} payouts, ${payouts.perSecond} a second, ${payouts.double} double, ${payouts.missing} missing, ` +
        `${payouts.cpuMsPerPayout} ms of the workers' processor time each`,
    );
  }
  console.table(
    aimsOf(result).map(({ what, aim, measured, isMet }) => ({ what, aim, measured, met: isMet ? 'yes' : 'NO' })),
  );
  if (faults.length === 0) return;
  console.error('These figures must not be quoted:');
  for (const fault of faults) console.error(`  ${fault}`);
}
