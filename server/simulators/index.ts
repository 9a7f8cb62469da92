export type { FaultName, FaultOrder, FaultPlan } from './faults.ts';
export {
  type HashDamSimulator,
  type HashDamSimulatorOptions,
  startHashDamSimulator,
} from './hashdam/hashdam-simulator.ts';
export type { WithdrawRow } from './hashdam/pool-events.ts';
export type { JournalEntry } from './journal.ts';
export { type MBlockSimulator, type MBlockSimulatorOptions, startMBlockSimulator } from './mblock/mblock-simulator.ts';
export { alwaysReplies, httpReply, type RawServer, startRawServer } from './raw-server.ts';
export { type ScreeningSimulator, startScreeningSimulator } from './screening-service.ts';
