import type { JournalEntry } from '../journal.ts';
import type { ChainEvent } from './chain-events.ts';

/** What calls of ours made the chain do, without what control changed. */
export function chainJournal(events: readonly ChainEvent[]): readonly JournalEntry[] {
  return events.flatMap(executed).map((entry, at) => ({ seq: at + 1, ...entry }));
}

const STEPS = { transfer: 'executed', tokens: 'executed', gas: 'gas' } as const;

function executed(event: ChainEvent): Omit<JournalEntry, 'seq'>[] {
  const base = { provider: 'mblock', step: 'executed', at: new Date(event.atMs).toISOString() } as const;
  switch (event.type) {
    case 'transfer': {
      const { asset, amount, txid: reference, from, to, leg } = event;
      const method = leg === 'transfer' ? 'transferByWalletKey' : 'transitByWalletKey';
      return [{ ...base, method, step: STEPS[leg], asset, amount, reference, from, to }];
    }
    case 'transit': {
      const { asset, amount, token: reference, from, to } = event;
      return [{ ...base, method: 'transitByWalletKey', step: 'requested', asset, amount, reference, from, to }];
    }
    case 'wallet':
      if (event.fee) return [];
      return [{ ...base, method: 'requestWallet', asset: null, amount: null, reference: event.address }];
    case 'refreshed':
      return [{ ...base, method: 'refreshWallet', asset: null, amount: null, reference: event.address }];
    default:
      return [];
  }
}
