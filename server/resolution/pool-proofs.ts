import type { PayoutAttempt } from '#server/withdrawals/index.ts';
import type { QuietFacts } from './quiet-period.ts';

/** What the pool's own books and lists say since an attempt. */
export type PoolProofs = Pick<QuietFacts, 'reads' | 'snapshots'>;

/** Where those are kept. */
export interface PoolProofSource {
  of(attempt: PayoutAttempt): Promise<PoolProofs>;
}
