export { SqlMiningRepository } from './mining.repository.sql.ts';
export { type MiningRepository, PROJECT } from './mining.repository.ts';
export { MiningService } from './mining.service.ts';
export { MiningCollector } from './mining-collector.ts';
export {
  type MiningPool,
  POOL_WITHDRAWAL_STATUSES,
  type PoolWithdrawal,
  type PoolWithdrawalQuery,
} from './pool.port.ts';
export { PoolHistory, type PoolHistoryRead } from './pool-history.ts';
export { PoolRowClaims, type RowClaim } from './pool-row-claims.ts';
export { isOf, LISTED_AMOUNT, poolRowKey, rowKeyOf } from './pool-rows.ts';
export { RefusedDays } from './refused-days.ts';
export type { MiningWithdrawalStatus } from './statuses.ts';
