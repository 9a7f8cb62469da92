import type { Page } from '@playwright/test';
import type { CountersignClient } from 'countersign/client';
import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { approve, openPanel } from './pages/withdrawals.ts';
import { chatRefuses } from './support/alert-sink.ts';
import { expectNoViolations } from './support/axe.ts';
import { type Requested, requestedWithdrawal } from './support/orders.ts';
import { pool } from './support/simulators.ts';

test.afterEach(() => chatRefuses());

/** A withdrawal that the pool refuses for good: people have to be told. */
async function failedWithdrawal(page: Page, platform: CountersignClient): Promise<Requested> {
  const order = await requestedWithdrawal(platform);
  await pool.fault({
    method: 'assetWithdrawRequest',
    fault: 'rejected',
    message: 'Not found or Unsupported coin symbol',
  });
  await openPanel(page, order);
  await approve(page);
  await expect.poll(async () => (await platform.withdrawals.get.query({ id: order.id })).status).toBe('failed');
  return order;
}

const rowOf = (page: Page, { memberId }: Requested) =>
  page.getByRole('table', { name: '알림 목록' }).getByRole('row').filter({ hasText: memberId });

test('what one acknowledges, the other sees', async ({ page, platform, browserOf }) => {
  await signIn(page, OPERATORS.finance);
  const order = await failedWithdrawal(page, platform);
  await visit(page, '/notifications');
  const mine = rowOf(page, order);
  await expect(mine).toContainText('출금 실패');
  await expect(mine).toContainText('주의');
  await expectNoViolations(page);
  await expect(page).toHaveTitle(/^\(\d+\+?\) 알림/);
  const unread = page.getByRole('navigation', { name: '주 메뉴' }).getByText(/^확인할 알림 \d+\+?건$/);
  await expect(unread).toHaveCount(1);

  const colleague = await browserOf(OPERATORS.support);
  await visit(colleague, '/notifications');
  const theirs = rowOf(colleague, order);
  await expect(theirs.getByRole('button', { name: /^확인:/ })).toBeVisible();

  await mine.getByRole('button', { name: /^확인:/ }).click();
  await expect(mine).toHaveCount(0);
  await expect(theirs).toHaveCount(0, { timeout: 20_000 });
  await colleague.getByRole('button', { name: '전체' }).click();
  await expect(theirs).toContainText(`${OPERATORS.finance.name} 확인`);
  await expect(theirs.getByRole('button', { name: /^확인:/ })).toHaveCount(0);
});

test('it is given to somebody, told again, and sent again where it did not arrive', async ({ page, platform }) => {
  await signIn(page, OPERATORS.finance);
  const order = await requestedWithdrawal(platform);
  await chatRefuses(order.id);
  await pool.fault({
    method: 'assetWithdrawRequest',
    fault: 'rejected',
    message: 'Not found or Unsupported coin symbol',
  });
  await openPanel(page, order);
  await approve(page);
  await visit(page, '/notifications');
  await expect(rowOf(page, order)).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: `출금 실패 ${order.memberId} 상세 열기` }).click();

  const dialog = page.getByRole('dialog', { name: '출금 실패' });
  const line = dialog.getByRole('listitem').filter({ hasText: '메신저' });
  await expect(line).toContainText('전달 중');
  await expect(line).toContainText('응답 503');
  await chatRefuses();
  await line.getByRole('button', { name: '메신저 다시 보내기' }).click();
  await expect(line).toContainText('전달됨');
  await expectNoViolations(page);

  await dialog.getByLabel('담당').selectOption({ label: OPERATORS.finance.name });
  await expect(page.getByText('담당을 변경했습니다')).toBeAttached();
  await dialog.getByRole('button', { name: '다시 알림' }).click();
  await expect(dialog.getByRole('term').filter({ hasText: '다시 알림' })).toBeVisible();
  await dialog.getByRole('button', { name: '닫기', exact: true }).last().click();
  await expect(rowOf(page, order)).toContainText(OPERATORS.finance.name);
  await expect(rowOf(page, order)).toContainText('다시 알림');
  await page.getByRole('button', { name: /^내 담당/ }).click();
  await expect(rowOf(page, order)).toBeVisible();
});
