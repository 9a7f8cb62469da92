import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import type { MiningBalanceRecord, WithdrawalRecord } from '#server/mining/mining.repository.ts';

export function aBalance(changes: Partial<MiningBalanceRecord> = {}): MiningBalanceRecord {
  return {
    owner: { type: 'project', id: newId() },
    kind: 'asset',
    asset: 'LTC',
    day: '2026-03-01',
    amount: '25.5',
    available: '20.5',
    locked: '5',
    price: null,
    readAt: new Date('2026-03-02T00:05:00.000Z'),
    ...changes,
  };
}

export function aWithdrawalRecord(changes: Partial<WithdrawalRecord> = {}): WithdrawalRecord {
  return {
    withdrawalId: newId(),
    attemptId: newId(),
    attemptNo: 1,
    amount: Amount.parse('LTC', '0.5'),
    status: 'submitted',
    reference: 'W1',
    error: null,
    fee: null,
    rawStatus: null,
    ...changes,
  };
}
