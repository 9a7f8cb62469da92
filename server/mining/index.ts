export { SqlMiningRepository } from './mining.repository.sql.ts';
export type { MiningRepository, WithdrawalRecord } from './mining.repository.ts';
export { MiningService } from './mining.service.ts';
export { type CollectRange, MiningCollector, type PoolReadings } from './mining-collector.ts';
export type { MiningPool, PoolWithdrawal, PoolWithdrawalQuery } from './pool.port.ts';
export type { MiningWithdrawalStatus } from './statuses.ts';
