import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '#server/kernel/clock.ts';
import type { MiningRepository, PoolHistory, PoolRowClaims } from '#server/mining/index.ts';
import {
  Candidates,
  Differences,
  LateReplies,
  PoolListing,
  PoolProofs,
  PoolSweep,
  ReconciliationRuns,
  UnknownPayouts,
} from '#server/reconciliation/index.ts';
import type {
  PayoutAttemptRepository,
  PayoutRails,
  PayoutWaits,
  PoolAttempts,
  UnresolvedPayouts,
  WithdrawalMover,
} from '#server/withdrawals/index.ts';
import type { Foundation } from './foundation.ts';
import type { ProviderServices } from './providers.ts';

type Below = Pick<Foundation, 'incidents' | 'feeModes' | 'system' | 'jobs' | 'assets' | 'audit' | 'notifications'> &
  Pick<ProviderServices, 'mining'>;

interface Engine extends Below {
  readonly em: EntityManager;
  readonly clock: Clock;
  readonly payoutAttempts: PayoutAttemptRepository;
  readonly attempts: PoolAttempts;
  readonly mover: WithdrawalMover;
  readonly rails: PayoutRails;
  readonly waits: PayoutWaits;
  readonly history: PoolHistory;
  readonly claims: PoolRowClaims;
  readonly miningRepository: MiningRepository;
  readonly unresolved: UnresolvedPayouts;
}

/** What becomes of payouts whose outcome is not known, and whether the pool's list and ours agree. */
export function openReconciliation(engine: Engine) {
  return {
    lateReplies: new LateReplies(engine),
    unknownPayouts: new UnknownPayouts(engine),
    poolProofs: new PoolProofs(engine),
    poolSweep: new PoolSweep(engine),
    poolListing: new PoolListing(engine),
    reconciliationRuns: new ReconciliationRuns(engine),
    differences: new Differences(engine),
    candidates: new Candidates(engine),
  };
}
