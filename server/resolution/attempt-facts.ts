import {
  FINAL_WORD_WITHIN_MS,
  hasLost,
  LEASE_SLACK_MS,
  type PayoutAttempt,
  type PayoutEvidence,
  walletBalancesIn,
} from '#server/withdrawals/index.ts';
import type { QuietFacts } from './quiet-period.ts';

export interface Surroundings {
  readonly now: Date;
  readonly shortenedMs: number | null;
  readonly sender: QuietFacts['sender'];
  readonly proofs: Pick<QuietFacts, 'reads' | 'snapshots'>;
  /** The chain shows this very payment under a name that a callback gave. */
  readonly callbackProven: boolean;
}

/** What the quiet period depends on, taken from the attempt and from what was seen of it. */
export function quietFacts(
  attempt: PayoutAttempt,
  evidence: readonly PayoutEvidence[],
  { now, shortenedMs, sender, proofs, callbackProven }: Surroundings,
): QuietFacts {
  const { kind, sendBy } = attempt;
  return {
    ...{ kind, now, sendBy, shortenedMs, sender, callbackProven, ...proofs },
    ...timesOf(attempt),
    documents: evidence.filter((each) => each.kind === 'document').length,
    balances: balancesOf(attempt, evidence),
  };
}

/** The fence wrote its own limits into the row: what is set differently today does not change them. */
function timesOf({ kind, fencedAt, leaseUntil, deadlineAt }: PayoutAttempt): Pick<QuietFacts, 'callMs' | 'transitMs'> {
  const ofTransit = deadlineAt.getTime() - fencedAt.getTime() - FINAL_WORD_WITHIN_MS.wallet_transit;
  return {
    callMs: Math.max(0, leaseUntil.getTime() - fencedAt.getTime() - LEASE_SLACK_MS),
    transitMs: kind === 'wallet_transit' ? Math.max(0, ofTransit) : 0,
  };
}

function balancesOf(attempt: PayoutAttempt, evidence: readonly PayoutEvidence[]): QuietFacts['balances'] {
  const before = walletBalancesIn(attempt.before);
  if (!before) return [];
  return evidence.flatMap(({ kind, body, at }) => {
    const now = kind === 'balance' ? walletBalancesIn(body) : null;
    if (!now) return [];
    const below = [...before].some(([asset, had]) => {
      const has = now.get(asset);
      return has !== undefined && hasLost(attempt, { had, has });
    });
    return [{ at, below }];
  });
}
