import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { approve, openPanel, panelOf, rowLink } from './pages/withdrawals.ts';
import { balanceOf, requestedWithdrawal } from './support/orders.ts';
import { pool } from './support/simulators.ts';
import { payoutsThatWork } from './support/unknown.ts';

test.afterEach(async ({ platform }) => {
  await pool.showList();
  await payoutsThatWork(platform);
});

test('an answer that got lost is not known, and never sent again', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform);
  // Otherwise it would be found there a moment later.
  await pool.hideList();
  await pool.fault({ method: 'assetWithdrawRequest', fault: 'drop_after' });
  await signIn(page, OPERATORS.finance);
  const panel = await openPanel(page, order);
  await approve(page);

  const summary = panel.getByRole('region', { name: '요약' });
  await expect(summary.getByText('결과 확인 필요')).toBeVisible();
  await expect(summary).toContainText('결과를 아직 확인하지 못했습니다. 다시 보내지 마십시오.');
  const legs = panel.getByRole('listitem').filter({ hasText: '→' });
  await expect(legs.nth(0)).toContainText('결과 미확인');
  await expect(panel.getByRole('listitem').filter({ hasText: '결과 미확인자동 처리' })).toBeVisible();
  await expect(page.getByRole('button', { name: /다시 (시도|보내)|재시도|재전송|retry|resend/i })).toHaveCount(0);
  for (const decision of ['승인', '반려', '출금 취소'])
    await expect(panel.getByRole('button', { name: decision, exact: true })).toHaveCount(0);

  expect(await pool.paid('LTC', order.amount)).toHaveLength(1);
  expect(await balanceOf(platform, order)).toMatchObject({ available: '0', inFlight: order.amount, payable: '0' });

  await visit(page, '/');
  await page
    .getByRole('main')
    .getByRole('link', { name: /보내졌는지 확인되지 않은/ })
    .click();
  await rowLink(page, order.memberId).click();
  await expect(panelOf(page).getByRole('region', { name: '요약' }).getByText('결과 확인 필요')).toBeVisible();
  expect(await pool.paid('LTC', order.amount)).toHaveLength(1);
});
