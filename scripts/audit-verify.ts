import { parseArgs } from 'node:util';
import type { AuditVerdict } from '#server/audit/contract.ts';
import { KeptHeads } from '#server/audit/index.ts';
import type { Container } from '#server/container.ts';
import { readEnvFile } from './environment.ts';
import { databaseCommand } from './local/database-command.ts';
import { refuse } from './processes/refuse.ts';

// `npm run audit:verify`: looks through the whole record of who did what and names the first row that is not as it was
// written. Compares the chain with the signed heads of AUDIT_HEADS_FILE, or of `--heads FILE`. Exit 1: not sound.

const USAGE = 'usage: npm run audit:verify [-- --heads FILE | --without-heads]';

function options(): { heads?: string; 'without-heads'?: boolean } {
  try {
    return parseArgs({ options: { heads: { type: 'string' }, 'without-heads': { type: 'boolean' } } }).values;
  } catch {
    return refuse(USAGE);
  }
}

/** The file that is named must be there: a comparison that was left out must not look like one that found nothing. */
async function keptHeads(container: Container): Promise<KeptHeads | null> {
  const path = asked.heads ?? container.config.audit.headsFile;
  if (asked['without-heads'] || !path) return null;
  return KeptHeads.read(path).catch(() => {
    throw new Error(`no signed heads can be read from ${path}: name another file (--heads) or none (--without-heads)`);
  });
}

function onProgress(checked: number, all: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${checked} of ${all}`);
}

function report({ head, keptHeads: kept, ...verdict }: AuditVerdict, seconds: string): string[] {
  const { faults, firstFault: first, waiting } = verdict;
  const row = first?.eventId ? `, row ${first.eventId}` : '';
  const place = first?.position ? ` at ${first.position} in the chain` : '';
  return [
    verdict.sound
      ? 'The record is sound.'
      : `The record is NOT SOUND: ${faults} faults, first ${first?.fault}${place}${row}.`,
    `${verdict.checked} rows looked at in ${seconds} s.`,
    `The chain ends at ${head.position}, ${head.hash}, ${
      head.isSigned ? `signed by ${head.keyId} on ${head.at}` : 'NOT SIGNED: nothing shows that its end was cut off'
    }.`,
    waiting.count > 0 ? `${waiting.count} rows wait for the worker to take them in, since ${waiting.oldestAt}.` : '',
    kept ? `${kept.count} kept heads compared, the last of ${kept.lastAt}.` : 'NO kept heads were compared.',
  ].filter((line) => line !== '');
}

const asked = options();
readEnvFile();
await databaseCommand(async (container) => {
  const kept = await keptHeads(container);
  const begun = performance.now();
  const verdict = await container.sessions.withoutTransaction(({ auditCheck }) =>
    auditCheck.run({ kept: async () => kept, onProgress }),
  );
  if (process.stderr.isTTY) process.stderr.write('\r');
  console.log(report(verdict, `${Math.round((performance.now() - begun) / 100) / 10}`).join('\n'));
  if (!verdict.sound) process.exitCode = 1;
});
