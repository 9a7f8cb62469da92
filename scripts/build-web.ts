import { build } from './build/build.ts';

// `npm run build`: the production web. Needs no environment: one build runs against any.
process.exitCode = (await build()).code;
