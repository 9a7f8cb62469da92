import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { ExportCheck, type ExportVerdict, isPublicKey } from '#server/audit/export-check.ts';
import { refuse } from './processes/refuse.ts';

// `npm run audit:verify-export -- FILE --key KEY`: whether a signed export of the record is as it was made, without the
// database and without any setting. The key is shown on `/audit`, and must not come with the file. Exit 1: not sound.

const USAGE = 'usage: npm run audit:verify-export -- FILE --key KEY (the public key that /audit shows)';

function options(): { path: string; key: string } {
  try {
    const { values, positionals } = parseArgs({ options: { key: { type: 'string' } }, allowPositionals: true });
    const [path, ...more] = positionals;
    if (path && more.length === 0 && values.key && isPublicKey(values.key)) return { path, key: values.key };
  } catch {
    // As below.
  }
  return refuse(USAGE);
}

async function verdictOn(path: string, key: string): Promise<ExportVerdict> {
  const check = new ExportCheck(key);
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (!check.step(line)) break;
  }
  return check.end();
}

function report({ fault, manifest, rows, parts, unchained }: ExportVerdict): string[] {
  const row = fault?.eventId ? `, row ${fault.eventId}` : '';
  return [
    fault
      ? `The export is NOT SOUND: ${fault.fault} at line ${fault.line}${row}.`
      : `The export is sound: ${rows} rows in ${parts} parts.`,
    manifest
      ? `Exported on ${manifest.exportedAt} by ${manifest.exportedBy}, filter ${JSON.stringify(manifest.filter)}.`
      : '',
    manifest && !fault ? manifest.proves : '',
    manifest ? `The chain then ended at ${manifest.head.position}, ${manifest.head.hash}.` : '',
    unchained > 0 ? `${unchained} rows were not in the chain yet: the signature alone speaks for them.` : '',
  ].filter((line) => line !== '');
}

const { path, key } = options();
const verdict = await verdictOn(path, key).catch(() => refuse(`no export can be read from ${path}`));
console.log(report(verdict).join('\n'));
if (verdict.fault) process.exitCode = 1;
