import { randomUUID } from 'node:crypto';
import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { approve, openPanel } from './pages/withdrawals.ts';
import { callerOf } from './support/callers.ts';
import { newMember } from './support/orders.ts';
import { chain } from './support/simulators.ts';

/** Two readings of a wallet lie 20 s apart, two proofs of a payment 10 s. */
const STORY_MS = 180_000;
const CONTRACT = '0x55d398326f99059fF775485246999027B3197955';
const NOBODY = '0x8894E0a0c962CB723c1976a4421c95949bE2D4E3';

test('a transit whose answer was lost is completed by the callback that comes later', async ({
  page,
  platform,
  browserOf,
}) => {
  test.setTimeout(STORY_MS);
  const { id: walletId, address } = await platform.wallets.create.mutate({ memberId: newMember() });
  await callerOf(OPERATORS.admin).assets.register.mutate({ symbol: 'USDT', contract: CONTRACT, scale: 18 });
  await chain.setBalance({ address: address ?? '', contract: null, amount: '1' });
  await chain.setBalance({ address: address ?? '', contract: CONTRACT, amount: '3' });
  const order = { walletId, to: NOBODY, amount: '2', asset: `BSC:${CONTRACT}`, idempotencyKey: randomUUID() };
  // What is on chain is in the books once it was read twice; asking has it looked at.
  const asked = () => platform.wallets.transit.mutate(order).catch(() => null);
  await expect.poll(asked, { timeout: 60_000, intervals: [2_000] }).not.toBeNull();
  const request = await platform.wallets.transit.mutate(order);

  await chain.fault({ method: 'transitByWalletKey', fault: 'drop_after' });
  await signIn(page, OPERATORS.finance);
  const panel = await openPanel(page, request);
  await approve(page);
  // Whatever the policy says by now, an administrator is somebody whom it may ask for.
  const colleague = await browserOf(OPERATORS.admin);
  await openPanel(colleague, request);
  await approve(colleague);

  const summary = panel.getByRole('region', { name: '요약' });
  await expect(summary.getByText('결과 확인 필요')).toBeVisible({ timeout: 20_000 });
  await expect(summary.getByText('전송 확인됨')).toBeVisible({ timeout: 60_000 });
  await expect(panel.getByRole('listitem').filter({ hasText: '지갑 → 받는 지갑' })).toContainText('도착 확인');
});
