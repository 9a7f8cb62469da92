import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { evidenceOf, exceptionRow } from './pages/exceptions.ts';
import { panelOf } from './pages/withdrawals.ts';
import { callerOf } from './support/callers.ts';
import { credit, newMember, requestedWithdrawal } from './support/orders.ts';
import { pool } from './support/simulators.ts';
import { approveAs, unknownWithdrawal } from './support/unknown.ts';

test.afterEach(() => pool.showList());

test('what nobody knows and what waits for it stand in one list, each with why', async ({ page, platform }) => {
  const order = await unknownWithdrawal(platform);
  const waiting = await requestedWithdrawal(platform, { amount: order.amount });
  await approveAs(OPERATORS.finance, waiting);
  await signIn(page, OPERATORS.support);
  await visit(page, '/exceptions');
  await expect(exceptionRow(page, order)).toContainText('실제로 보내졌는지 모릅니다.');
  await expect(exceptionRow(page, order)).toContainText('1회');
  await expect(exceptionRow(page, order)).toContainText('다시 보내지 않음');

  await page.getByRole('button', { name: /^다시 보내기 대기/ }).click();
  await expect(page).toHaveURL(/kind=retrying/);
  const row = exceptionRow(page, waiting);
  await expect(row).toContainText('같은 금액 확인 대기', { timeout: 15_000 });
  await expect(row).toContainText('0회');
  await expect(row.getByRole('time').first()).toBeVisible();
  await expect(exceptionRow(page, order)).toHaveCount(0);
  // It must not be sent while another story waits for what the pool answers next.
  await callerOf(OPERATORS.finance).withdrawals.reject.mutate({ id: waiting.id, reason: 'not needed any more' });
});

test('the list is walked and a payment looked into without a mouse', async ({ page, platform }) => {
  const order = await unknownWithdrawal(platform);
  await signIn(page, OPERATORS.finance);
  await visit(page, '/exceptions?kind=unknown');
  await expect(async () => {
    await page.keyboard.press('ArrowUp');
    await expect(exceptionRow(page, order).getByRole('link')).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(panelOf(page).getByRole('heading', { name: order.memberId })).toBeFocused();
  await expect(evidenceOf(page)).toContainText('assetWithdrawRequest');
  await page.keyboard.press('Escape');
  await expect(panelOf(page)).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await expect(page.getByRole('heading', { name: '현황', level: 1 })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await expect(page.getByRole('heading', { name: '예외', level: 1 })).toBeVisible();
});

test('a failed payment is offered again, and only by those who may', async ({ page, platform, browserOf }) => {
  const memberId = newMember();
  await credit(platform, { memberId, asset: 'LTC', amount: '1' });
  const order = await requestedWithdrawal(platform, { memberId });
  const message = 'Not found or Unsupported coin symbol';
  await pool.fault({ method: 'assetWithdrawRequest', fault: 'rejected', message });
  await approveAs(OPERATORS.finance, order);
  await signIn(page, OPERATORS.finance);
  await expect(async () => {
    await visit(page, '/exceptions?kind=failed');
    await expect(exceptionRow(page, order)).toBeVisible({ timeout: 2_000 });
  }).toPass();
  const auditor = await browserOf(OPERATORS.auditor);
  await visit(auditor, `/exceptions?id=${order.id}`);
  await expect(panelOf(auditor).getByRole('button', { name: '다시 요청' })).toHaveAccessibleDescription(
    '현재 역할로는 할 수 없습니다.',
  );

  await exceptionRow(page, order).getByRole('link').click();
  await panelOf(page).getByRole('button', { name: '다시 요청' }).click();
  await page.getByRole('button', { name: '다시 요청하기' }).click();
  await expect(panelOf(page).getByText('다시 요청했습니다. 승인을 새로 받습니다.')).toBeVisible();
  const { status, approvals } = await platform.withdrawals.get.query({ id: order.id });
  expect({ status, given: approvals.given }).toEqual({ status: 'pending', given: [] });
});
