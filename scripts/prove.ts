import { parseArgs } from 'node:util';
import { buildIfStale } from './build/build.ts';
import { orEnd } from './local/stack.ts';
import { refuse } from './processes/refuse.ts';
import { closeAll } from './processes/shutdown.ts';
import type { Row } from './prove/row.ts';
import { ROWS } from './prove/rows.ts';
import { type Measured, openStage } from './prove/stage.ts';

// `npm run prove -- --row N`: measures a promise in full and holds the figure against its target. Without a row, all of
// them, which takes hours. `--short`: the forms of seconds that `npm test` runs. `--but N`: all but these.

const USAGE = `usage: npm run prove -- [--row ${ROWS.map(({ no }) => no).join('|')}] [--short] [--but N]; N: one or more, with commas`;

function given() {
  try {
    const [row, but] = [{ type: 'string' }, { type: 'string' }] as const;
    return parseArgs({ options: { row, but, short: { type: 'boolean', default: false } } }).values;
  } catch {
    return refuse(USAGE);
  }
}

const { row: asked, but, short } = given();
const names = (list: string | undefined, no: number) => list?.split(',').includes(String(no));
const chosen = ROWS.filter(({ no }) => (names(asked, no) ?? true) && !names(but, no));
if (chosen.length === 0) refuse(USAGE);

async function prove(row: Row, measure: () => Promise<Measured>): Promise<void> {
  const from = Date.now();
  const { holds, figures } = await measure();
  const lines = [
    `row ${row.no} ${holds ? 'holds' : 'FAILS'} (${Math.round((Date.now() - from) / 1000)} s): ${row.promise}`,
    `  target    ${row.target}`,
    ...figures.map((figure) => `  measured  ${figure}`),
  ];
  console.log(lines.join('\n'));
  if (!holds) process.exitCode = 1;
}

await orEnd(async () => {
  await buildIfStale();
  const stage = short ? await openStage('prove') : undefined;
  for (const row of chosen) {
    const { short: inShort } = row;
    if (!stage) await prove(row, () => row.full());
    else if (inShort) await prove(row, () => inShort(stage));
  }
  await closeAll();
});
