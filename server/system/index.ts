export { FreezeService } from './freeze.service.ts';
export { FreezeWatch } from './freeze-watch.ts';
export type { Sending } from './stops.ts';
export { SystemService } from './system.service.ts';
