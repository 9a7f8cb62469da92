import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/** All that commands write while they run: databases, logs, secrets of the demo. Not part of the product. */
export const dataFolder = join(projectFolder, '.data');
