import { startWorker } from '#server/jobs/worker.ts';
import { configOrRefuse, prepareServerEnvironment } from './environment.ts';
import { endWithParent } from './processes/parent.ts';
import { onShutdown } from './processes/shutdown.ts';
import { refuseUnlessMigrated } from './start-guard.ts';

// `npm run worker`: sends payouts, collects, reconciles and notifies. Any number may run at once.
endWithParent();
prepareServerEnvironment();
const config = configOrRefuse();
await refuseUnlessMigrated(config);
const worker = await startWorker(config);
onShutdown(() => worker.stop());
process.send?.('ready');
