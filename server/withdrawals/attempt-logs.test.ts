import { describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { MemoryMiningRepository } from '#server/mining/mining.repository.memory.ts';
import { MemoryWalletRepository } from '#server/wallets/wallet.repository.memory.ts';
import type { AttemptEvent } from './attempt-moves.ts';
import { MiningAttemptLog } from './mining-attempt-log.ts';
import { PayoutAttempt } from './payout-attempt.entity.ts';
import type { WithdrawalKind, WithdrawalStatus } from './statuses.ts';
import { WalletAttemptLog } from './wallet-attempt-log.ts';
import { Withdrawal } from './withdrawal.entity.ts';

const PAGE = { cursor: null, limit: 10 } as const;
const NOW = new Date('2026-03-01T12:00:00.000Z');

/** An attempt that has gone this way, and the withdrawal that it is of. */
function gone(kind: WithdrawalKind, way: readonly AttemptEvent[], status: WithdrawalStatus) {
  const withdrawal = Object.assign(new Withdrawal(), { id: newId(), status });
  const attempt = Object.assign(new PayoutAttempt(), {
    ...{ id: newId(), no: 1, kind, walletId: kind === 'mining' ? null : newId(), toAddress: 'there' },
    ...{ asset: 'LTC', amount: '1.5', status: 'dispatching', reference: null, token: null, error: 'as it was said' },
  });
  for (const event of way) attempt.move(event, NOW);
  return { withdrawal, attempt };
}

async function inPoolLog(...args: [readonly AttemptEvent[], WithdrawalStatus]): Promise<string[]> {
  const mining = new MemoryMiningRepository();
  const { withdrawal, attempt } = gone('mining', ...args);
  for (let again = 0; again < 2; again += 1) await new MiningAttemptLog({ mining }).write(withdrawal, attempt);
  return (await mining.withdrawals(PAGE)).rows.map((row) => row.status);
}

async function inWalletLog(kind: WithdrawalKind, ...args: [readonly AttemptEvent[], WithdrawalStatus]) {
  const wallets = new MemoryWalletRepository();
  const { withdrawal, attempt } = gone(kind, ...args);
  for (let again = 0; again < 2; again += 1) await new WalletAttemptLog({ wallets }).write(withdrawal, attempt);
  const { rows } = await wallets.transactions({ walletId: attempt.walletId ?? '', ...PAGE });
  return rows.map((row) => row.status);
}

describe('the row that an attempt has at its provider', () => {
  test.each([
    ['behind its fence', [], 'pending'],
    ['taken', ['accepted'], 'submitted'],
    ['lost', ['outcome_unknown'], 'manual-review'],
    ['refused, with another try to come', ['refused'], 'retrying'],
    ['refused for good', ['refused'], 'failed'],
    ['failed at the provider', ['accepted', 'failed_at_provider'], 'failed'],
    ['lost and found', ['outcome_unknown', 'found'], 'submitted'],
  ] as const)('%s, says so once', async (_what, way, word) => {
    const status = word === 'failed' ? 'failed' : 'approved';
    expect(await inPoolLog(way, status)).toEqual([word]);
    expect(await inWalletLog('wallet_transfer', way, status)).toEqual([word]);
  });

  test.each(['rejected', 'cancelled', 'pending'] as const)('is not tried again once it is %s', async (status) => {
    expect(await inPoolLog(['refused'], status)).toEqual(['failed']);
    expect(await inWalletLog('wallet_transfer', ['refused'], status)).toEqual(['failed']);
  });

  test('has the provider’s own word for what was paid, and for a transit that was taken', async () => {
    expect(await inPoolLog(['accepted', 'proven'], 'completed')).toEqual(['completed']);
    expect(await inWalletLog('wallet_transfer', ['accepted', 'proven'], 'completed')).toEqual(['confirmed']);
    expect(await inWalletLog('wallet_transit', ['accepted_transit'], 'pending-transit')).toEqual(['pending-transit']);
  });
});
