import type { Page } from '@playwright/test';
import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { approve, openApproveSheet, openPanel, panelOf } from './pages/withdrawals.ts';
import { amountForTwoPeople, requestedWithdrawal } from './support/orders.ts';
import { takenFrom } from './support/taken.ts';

test('one rejects while the other is about to approve', async ({ page, platform, browserOf }) => {
  const order = await requestedWithdrawal(platform);
  await signIn(page, OPERATORS.finance);
  await openPanel(page, order);
  const mine = await openApproveSheet(page);
  await mine.getByLabel('메모').fill('입금 내역과 대조함');

  const colleague = await browserOf(OPERATORS.financeTwo);
  const theirs = await openPanel(colleague, order);
  await theirs.getByRole('button', { name: '반려' }).click();
  await colleague.getByLabel('반려 사유').fill('중복 요청');
  await colleague.getByRole('button', { name: '반려하기' }).click();
  await expect(theirs.getByRole('region', { name: '요약' }).getByText('반려됨')).toBeVisible();

  await expect(mine.getByRole('alert')).toContainText('반려됨');
  await expect(mine.getByRole('button', { name: '승인하기' })).toBeDisabled();
  await expect(mine.getByLabel('메모')).toHaveValue('입금 내역과 대조함');
  await mine.getByRole('button', { name: '돌아가기' }).click();
  const panel = panelOf(page);
  await expect(panel.getByRole('region', { name: '요약' }).getByText('반려됨')).toBeVisible();
  await expect(panel.getByRole('button', { name: '승인', exact: true })).toHaveCount(0);

  const { status, approvals } = await platform.withdrawals.get.query({ id: order.id });
  expect({ status, given: approvals.given }).toEqual({ status: 'rejected', given: [] });
});

test('both approve: one vote counts, the other is told whose', async ({ page, platform, browserOf }) => {
  const order = await requestedWithdrawal(platform);
  await signIn(page, OPERATORS.finance);
  await openPanel(page, order);
  const mine = await openApproveSheet(page);
  const colleague = await browserOf(OPERATORS.financeTwo);
  await openPanel(colleague, order);
  const readAgain = await keepFromReading(page);
  await approve(colleague);

  await mine.getByRole('button', { name: '승인하기' }).click();
  readAgain();
  await expect(mine).toBeHidden();
  await expect(panelOf(page).getByText('동료가 먼저 결정했습니다. 내 결정은 기록되지 않았습니다.')).toBeVisible();
  await expect(panelOf(page).getByText(new RegExp(`^${OPERATORS.financeTwo.name} · 승인 · `))).toBeVisible();
  const { approvals } = await platform.withdrawals.get.query({ id: order.id });
  expect(approvals.given.map(({ name }) => name)).toEqual([OPERATORS.financeTwo.name]);
});

test('a double click on the last button is one vote', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform, { amount: amountForTwoPeople() });
  await signIn(page, OPERATORS.finance);
  const panel = await openPanel(page, order);
  const taken = takenFrom(page, /withdrawals\.(approve|reject)/);
  const sheet = await openApproveSheet(page);
  await sheet.getByRole('button', { name: '승인하기' }).dblclick();
  await expect(panel.getByText('승인했습니다. 추가 승인이 필요합니다.')).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: /./ })).toHaveCount(0);
  expect(taken).toHaveLength(1);
  const { approvals, status } = await platform.withdrawals.get.query({ id: order.id });
  expect({ status, votes: approvals.given.length }).toEqual({ status: 'approved_pending', votes: 1 });
});

/** The screen hears nothing of what the colleague does until it may read again. */
async function keepFromReading(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(/withdrawals\.get/, async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}
