// `node scripts/bootstrap.mjs <demo|dev|test>`: the first step of those commands on a machine that has only npm.
// Installs what is missing, then hands over to scripts/<name>.ts on the Node that the project brings.
// Plain JavaScript without imports from npm: it runs before anything is installed, on an older Node too.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMMANDS = ['demo', 'dev', 'test'];
const root = fileURLToPath(new URL('..', import.meta.url));

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** By content, not by time: a checkout sets times at will. What is optional may be absent on this system. */
function isInstalled() {
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const present = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  const isSame = ([path, entry]) =>
    path === '' || (entry.optional && !present[path]) || present[path]?.version === entry.version;
  return Object.entries(wanted).every(isSame);
}

function npm(...args) {
  const cli = process.env.npm_execpath;
  const [command, before] = cli && /\.[cm]?js$/.test(cli) ? [process.execPath, [cli]] : ['npm', []];
  return spawnSync(command, [...before, ...args], { cwd: root, stdio: 'inherit' }).status === 0;
}

function install() {
  console.log('Installing packages (once; a few minutes on a slow line) ...');
  // Whatever NODE_ENV says: the embedded database and the test tools are development packages.
  if (npm('ci', '--include=dev', '--no-audit', '--no-fund')) return;
  console.log('npm ci was refused; trying npm install, which may change package-lock.json.');
  if (npm('install', '--include=dev', '--no-audit', '--no-fund')) return;
  console.error('The packages could not be installed; what npm said stands above.');
  process.exit(1);
}

function versionOf(node) {
  const [, major, minor] =
    /^v(\d+)\.(\d+)\./.exec(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? '') ?? [];
  return { major: Number(major ?? 0), minor: Number(minor ?? 0) };
}

const atLeast = (version, major, minor) => version.major > major || (version.major === major && version.minor >= minor);

/** The Node to go on with, and the flag it needs to run TypeScript. */
function chooseNode() {
  const own = join(root, 'node_modules', '.bin', 'node');
  for (const node of [own, process.execPath]) {
    const version = node === own && !existsSync(own) ? { major: 0, minor: 0 } : versionOf(node);
    if (atLeast(version, 22, 18)) return [node];
    if (atLeast(version, 22, 17)) return [node, '--experimental-strip-types'];
  }
  console.error(`Countersign needs Node 22.17 or newer (24 is best); this is ${process.version}.`);
  process.exit(1);
}

const [name = '', ...rest] = process.argv.slice(2);
if (!COMMANDS.includes(name)) {
  console.error(`usage: node scripts/bootstrap.mjs <${COMMANDS.join('|')}>`);
  process.exit(1);
}
if (!isInstalled()) install();
const [node, ...flags] = chooseNode();
const child = spawn(node, [...flags, join(root, 'scripts', `${name}.ts`), ...rest], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
