import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { openPanel } from './pages/withdrawals.ts';
import { requestedWithdrawal } from './support/orders.ts';

test('a member’s balances, every movement and both its sides, from the withdrawal on', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform, { amount: '0.25' });
  await signIn(page, OPERATORS.support);
  const panel = await openPanel(page, order);
  await panel.getByRole('link', { name: '잔액과 거래 내역' }).click();
  await expect(page).toHaveURL(new RegExp(`/balances\\?member=${order.memberId}`));
  const now = page.getByRole('table', { name: '자산별 잔액' }).getByRole('row').filter({ hasText: 'LTC' });
  await expect(now.getByRole('cell')).toHaveText(['0', '0.25', '0', '0']);

  const rows = page.getByRole('table', { name: '거래 내역' }).getByRole('row');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText('출금 요청으로 묶음');
  await expect(rows.nth(1)).toContainText('−0.25');
  await expect(rows.nth(2)).toContainText('적립');
  await rows
    .nth(1)
    .getByRole('button', { name: /^출금 요청으로 묶음/ })
    .click();
  const legs = page.getByRole('dialog').getByRole('table', { name: /^장부 기록/ });
  await expect(legs.getByRole('row').filter({ hasText: `user:${order.memberId}:held` })).toContainText('0.25');
  await expect(legs.getByRole('row').filter({ hasText: `user:${order.memberId}:available` })).toContainText('0.25');
});

test('a member id that cannot be one is said so', async ({ page }) => {
  await signIn(page, OPERATORS.auditor);
  await visit(page, '/balances');
  await page.getByLabel('회원 번호 전체').fill('no such member');
  await page.getByRole('button', { name: '보기' }).click();
  await expect(page.getByText('회원 번호를 확인하십시오.')).toBeVisible();
});
