import { keepCompiled } from './processes/compile-cache.ts';

// `npm run worker`. The rest is imported after this line has run, or it would be compiled before.
keepCompiled();
await import('./worker-program.ts');
