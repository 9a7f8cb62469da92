export { SqlMiningRepository } from './mining.repository.sql.ts';
export type { MiningRepository } from './mining.repository.ts';
export { MiningService } from './mining.service.ts';
export { MiningCollector } from './mining-collector.ts';
export type { MiningPool, PoolWithdrawal, PoolWithdrawalQuery } from './pool.port.ts';
export type { MiningWithdrawalStatus } from './statuses.ts';
