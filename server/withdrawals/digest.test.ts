import { expect, test } from 'vitest';
import { type Approvable, withdrawalDigest } from './digest.ts';

const MINED: Approvable = {
  id: '019a0000-0000-7000-8000-000000000001',
  revision: 2,
  kind: 'mining',
  memberId: 'member-1',
  walletId: null,
  asset: 'LTC',
  amount: '1.500000000000000000',
  destinationAddress: 'payout@pool.example',
  destinationType: 'account',
  policyVersion: '3',
};
const TRANSFER: Approvable = {
  id: '019a0000-0000-7000-8000-000000000002',
  revision: 1,
  kind: 'wallet_transfer',
  memberId: 'member-2',
  walletId: '019a0000-0000-7000-8000-000000000003',
  asset: 'BSC:BNB',
  amount: '0.25',
  destinationAddress: '0x8894E0a0c962CB723c1976a4421c95949bE2D4E3',
  destinationType: 'address',
  policyVersion: '12',
};

// Made with sha256sum, of what whoever approves is shown as JSON with its keys in order and without spaces:
// {"amount":"1.5","asset":"LTC","destination":{"address":"payout@pool.example","type":"account"},"id":"019a0000-0000-7000-8000-000000000001","kind":"mining","memberId":"member-1","policyVersion":"3","revision":2,"walletId":null}
// {"amount":"0.25","asset":"BSC:BNB","destination":{"address":"0x8894E0a0c962CB723c1976a4421c95949bE2D4E3","type":"address"},"id":"019a0000-0000-7000-8000-000000000002","kind":"wallet_transfer","memberId":"member-2","policyVersion":"12","revision":1,"walletId":"019a0000-0000-7000-8000-000000000003"}
test.each([
  [MINED, '290057ac8e13a2590dc196a0b23b0187594ba05df309d136cbdbc8c6493a697b'],
  [TRANSFER, '591eeaafc303bd5de68e1c569d131e95b8fc4e6570cd7c4e83a07303d6b10fb1'],
])('is the one that anybody can work out: %o', (withdrawal, digest) => {
  expect(withdrawalDigest(withdrawal)).toBe(digest);
});

test.each<Partial<Approvable>>([
  { id: '019a0000-0000-7000-8000-000000000009' },
  { revision: 2 },
  { kind: 'wallet_transit' },
  { memberId: 'member-3' },
  { walletId: '019a0000-0000-7000-8000-000000000009' },
  { walletId: null },
  { asset: 'BSC:0x55d398326f99059fF775485246999027B3197955' },
  { amount: '0.26' },
  { destinationAddress: '0x8894E0a0c962CB723c1976a4421c95949bE2D4E4' },
  { destinationType: 'company' },
  { policyVersion: '13' },
])('is another one with %o', (change) => {
  expect(withdrawalDigest({ ...TRANSFER, ...change })).not.toBe(withdrawalDigest(TRANSFER));
});
