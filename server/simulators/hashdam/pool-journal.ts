import type { JournalEntry } from '../journal.ts';
import type { PoolEvent } from './pool-events.ts';

/** What calls of ours made the pool do, without what control added. */
export function poolJournal(events: readonly PoolEvent[]): readonly JournalEntry[] {
  return events.flatMap(executed).map((entry, at) => ({ seq: at + 1, ...entry }));
}

function executed(event: PoolEvent): Omit<JournalEntry, 'seq'>[] {
  const base = { provider: 'hashdam', step: 'executed' } as const;
  switch (event.type) {
    case 'withdrawn': {
      const { atMs, coin, amount, withdrawId } = event;
      return [{ ...base, at: iso(atMs), method: 'assetWithdrawRequest', asset: coin, amount, reference: withdrawId }];
    }
    case 'swapped': {
      const { atMs, amount, swapId } = event;
      return [{ ...base, at: iso(atMs), method: 'hashPowerSwap', asset: null, amount, reference: swapId }];
    }
    case 'charged': {
      const { atMs, amount, chargeId } = event;
      return [{ ...base, at: iso(atMs), method: 'hashCreditCharge', asset: null, amount, reference: chargeId }];
    }
    default:
      return [];
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();
