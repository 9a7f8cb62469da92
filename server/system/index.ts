export type { BreakerPolicy } from './breaker.ts';
export { FreezeService } from './freeze.service.ts';
export { FreezeWatch } from './freeze-watch.ts';
export { ProviderWatch } from './provider-watch.ts';
export type { StandingStop } from './standing-stop.ts';
export type { Sending } from './stops.ts';
export { SystemService } from './system.service.ts';
export { SystemStatus } from './system-status.ts';
export { type WorkerProcess, WorkerRegistry } from './worker-registry.ts';
