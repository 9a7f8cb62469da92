import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { notePeers } from '#server/peer.ts';
import { drainBeforeEnd } from './drain.ts';
import { configOrRefuse, prepareServerEnvironment } from './environment.ts';
import { endWithParent } from './processes/parent.ts';
import { refuseUnlessMigrated } from './start-guard.ts';

// Checks first, then becomes Next's own server. One process, so that signals need no passing on and the
// libraries which the check loaded are the ones the server uses.
endWithParent();
prepareServerEnvironment();
const config = configOrRefuse();
await refuseUnlessMigrated(config);

const require = createRequire(import.meta.url);
const next = require.resolve('next/package.json');
const { bin }: { bin: { next: string } } = require(next);
const program = join(next, '..', bin.next);
drainBeforeEnd();
notePeers();
process.argv.splice(1, process.argv.length, program, 'start', '-p', String(config.port), ...process.argv.slice(2));
await import(pathToFileURL(program).href);
