import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildClient } from './client/build-client.ts';
import { dataFolder } from './paths.ts';

/** `npm run client:pack`: the typed client as a file that `npm install` takes, written to the current folder. */
const folder = join(dataFolder, 'client');
buildClient(folder);
execFileSync('npm', ['pack', folder, '--silent'], { stdio: 'inherit' });
