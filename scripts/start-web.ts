import { keepCompiled } from './processes/compile-cache.ts';

// `npm start`. The rest is imported after this line has run, or it would be compiled before.
keepCompiled();
await import('./web-program.ts');
