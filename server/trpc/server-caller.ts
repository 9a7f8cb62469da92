export { createServerContext } from './context.ts';
export { appRouter } from './root.ts';
