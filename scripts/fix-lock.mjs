// Makes package-lock.json one that `npm ci` accepts anywhere; run it after each `npm install` that changed the lock file.
//
// npm leaves optional packages for other systems out of the lock file when the registry it asked does not carry them,
// and `npm ci` then refuses the file ("Missing: ... from lock file"). Here they are entered by name, version and system.
// Download addresses are taken out: they would tie the file to one registry.
import { readFileSync, writeFileSync } from 'node:fs';

const OS = [
  [/darwin/, 'darwin'],
  [/win32|windows/, 'win32'],
  [/android/, 'android'],
  [/freebsd/, 'freebsd'],
  [/openharmony/, 'openharmony'],
  [/aix/, 'aix'],
  [/linux/, 'linux'],
];
const CPU = /(arm64|x64|ia32|ppc64|s390x|riscv64|loong64|wasm32|armv6|armv7|arm)/;

function entryFor(name, range, isDev) {
  const os = OS.find(([pattern]) => pattern.test(name))?.[1];
  const cpu = CPU.exec(name)?.[1];
  const libc = /musl/.test(name) ? 'musl' : /gnu/.test(name) ? 'glibc' : undefined;
  return {
    version: range.replace(/^[\^~]/, ''),
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(isDev ? { dev: true } : {}),
    ...(os === 'linux' && libc ? { libc: [libc] } : {}),
    optional: true,
    ...(os ? { os: [os] } : {}),
  };
}

/** The places where npm would look for `name` when it is asked for by the package at `path`. */
function placesOf(path, name) {
  const parts = path.split('/node_modules/');
  const above = parts.map((_, index) => parts.slice(0, parts.length - index).join('/node_modules/'));
  return [...above.filter(Boolean).map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`];
}

function completed(packages) {
  const added = {};
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(optionalDependencies)) {
      const isThere = placesOf(path, name).some((place) => packages[place] ?? added[place]);
      if (!isThere) added[`node_modules/${name}`] = entryFor(name, range, dev);
    }
  }
  const all = Object.entries({ ...packages, ...added }).map(([path, { resolved: _, ...entry }]) => [path, entry]);
  return { added: Object.keys(added), packages: Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

const file = process.argv[2] ?? 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));
const { added, packages } = completed(lock.packages);
writeFileSync(file, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
console.log(added.length ? `added ${added.length}: ${added.join(', ')}` : 'nothing was missing');
