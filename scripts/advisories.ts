import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { projectFolder } from './paths.ts';
import { refuse } from './processes/refuse.ts';
import { KNOWN_COUNT, knownHolesIn } from './supply/known-advisories.ts';
import { lockedPackages } from './supply/lock.ts';
import { auditFrom } from './supply/registry-audit.ts';

// `npm run advisories`: known holes in the packages of the lock file. It always says what it could not check; with
// `-- --strict`, for a release, that is a failure as well.

const ASK_WITHIN_MS = 60_000;

function isStrict(): boolean {
  try {
    return parseArgs({ options: { strict: { type: 'boolean', default: false } } }).values.strict;
  } catch {
    return refuse('usage: npm run advisories [-- --strict]');
  }
}

const strict = isStrict();
const packages = lockedPackages();
const holes = knownHolesIn(packages);
console.log(
  `checked      ${packages.length} packages against the ${KNOWN_COUNT} holes that this product was built around`,
);

const asked = spawnSync('npm', ['audit', '--json', '--package-lock-only'], {
  cwd: projectFolder,
  encoding: 'utf8',
  timeout: ASK_WITHIN_MS,
});
const audit = auditFrom(asked.stdout ?? '');
if (audit.kind === 'asked')
  console.log(`checked      ${audit.packages} packages against the registry's own advisories`);
else console.log(`NOT CHECKED  the registry's own advisories: ${audit.why}`);
const undigested = packages.filter(({ hasDigest }) => !hasDigest);
if (undigested.length > 0) {
  console.log(`NOT CHECKED  ${undigested.length} packages for other systems have no digest in the lock file`);
}

const found = [...holes, ...(audit.kind === 'asked' ? audit.grave : [])];
for (const line of found) console.log(`FOUND        ${line}`);
if (found.length === 0) console.log('found        nothing');
process.exitCode = found.length > 0 || (strict && audit.kind === 'not asked') ? 1 : 0;
