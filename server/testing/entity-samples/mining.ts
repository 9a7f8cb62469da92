import { at, changes, id, LEAST, MOST, type Sample } from './sample.ts';

export const mining: Readonly<Record<string, Sample>> = {
  PoolProjectRow: {
    row: { provider: 'hashdam', name: 'Project', account: 'treasury@platform.example', readAt: at(1) },
  },
  PoolHashRateRow: {
    row: {
      provider: 'hashdam',
      at: at(1),
      last24h: MOST,
      last1h: `-${LEAST}`,
      last10m: LEAST,
      efficiency: `-${MOST}`,
      reject: LEAST,
      readAt: at(2),
    },
  },
  MiningBalance: {
    row: {
      id: id(),
      ownerType: 'member',
      ownerId: 'member',
      kind: 'asset',
      asset: 'LTC',
      day: '2028-02-29',
      amount: MOST,
      available: LEAST,
      locked: `-${LEAST}`,
      price: `-${MOST}`,
      readAt: at(1),
    },
  },
  MiningWithdrawal: {
    row: {
      id: id(),
      withdrawalId: id(),
      attemptId: id(),
      attemptNo: 2,
      asset: 'LTC',
      amount: LEAST,
      fee: MOST,
      status: 'completed',
      reference: 'W1',
      rawStatus: 'completed',
      error: 'error',
      ...changes,
    },
  },
};
