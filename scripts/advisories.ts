import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { projectFolder } from './paths.ts';
import { messageOf, refuse } from './processes/refuse.ts';
import { ADVISORY_FILE, type AdvisoryFile, advisoryFileIn, whyStale } from './supply/advisory-file.ts';
import { KNOWN_COUNT, knownHolesIn } from './supply/known-advisories.ts';
import { lockedPackages } from './supply/lock.ts';
import { type Audit, auditFrom } from './supply/registry-audit.ts';

// `npm run advisories`: known holes in the packages of the lock file. It always says what it could not check. With
// `-- --strict`, for a release, it is a failure when neither a registry nor a file of the last days said what is known; with
// `-- --offline`, as in `npm test`, no registry is asked.

const ASK_WITHIN_MS = 60_000;

function options() {
  try {
    const flag = { type: 'boolean', default: false } as const;
    return parseArgs({ options: { strict: flag, offline: flag } }).values;
  } catch {
    return refuse('usage: npm run advisories [-- --strict | --offline]');
  }
}

function fromFile(): AdvisoryFile | null {
  try {
    return advisoryFileIn();
  } catch (error) {
    return refuse(messageOf(error));
  }
}

function fromRegistry(): Audit {
  const asked = spawnSync('npm', ['audit', '--json', '--package-lock-only'], {
    cwd: projectFolder,
    encoding: 'utf8',
    timeout: ASK_WITHIN_MS,
  });
  return auditFrom(asked.stdout ?? '');
}

const { strict, offline } = options();
const packages = lockedPackages();
const file = fromFile();
const audit: Audit = offline ? { kind: 'not asked', why: 'offline, none was asked' } : fromRegistry();

const count = `checked      ${packages.length} packages against`;
console.log(`${count} the ${KNOWN_COUNT} holes that this product was built around`);
const stale = file && whyStale(file, new Date());
if (file) console.log(`${count} the ${file.advisories.length} holes of ${ADVISORY_FILE}, as of ${file.asOf}`);
if (stale) console.log(`TOO OLD      ${ADVISORY_FILE}: ${stale}`);
if (!file) console.log(`NOT CHECKED  ${ADVISORY_FILE}: there is none (docs/SECURITY.md says what it is)`);
if (audit.kind === 'asked')
  console.log(`checked      ${audit.packages} packages against the registry's own advisories`);
else console.log(`NOT CHECKED  the registry's own advisories: ${audit.why}`);
const undigested = packages.filter(({ hasDigest }) => !hasDigest);
if (undigested.length > 0) {
  console.log(`NOT CHECKED  ${undigested.length} packages for other systems have no digest in the lock file`);
}

const found = [
  ...knownHolesIn(packages),
  ...knownHolesIn(packages, file?.advisories ?? []),
  ...(audit.kind === 'asked' ? audit.grave : []),
];
for (const line of found) console.log(`FOUND        ${line}`);
if (found.length === 0) console.log('found        nothing');
const isUnknown = audit.kind === 'not asked' && (file === null || stale !== null);
process.exitCode = found.length > 0 || (strict && isUnknown) ? 1 : 0;
