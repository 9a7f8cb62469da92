import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { projectFolder } from './paths.ts';

// `npm start`. What V8 compiled is kept beside the build, from here on: a later start is a sixth shorter. The rest is
// imported after this line has run, or it would be compiled before. Where nothing can be written, nothing is kept.
enableCompileCache(join(projectFolder, '.next', 'cache', 'compile'));
await import('./web-program.ts');
