import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { approve, openApproveSheet, openPanel, panelOf } from './pages/withdrawals.ts';
import { amountBelowTwoPeople, amountForTwoPeople, credit, newMember, requestedWithdrawal } from './support/orders.ts';

const SETTLED_WITHIN_MS = 30_000;

test('from the limit on, two people approve before anything is sent', async ({ page, platform, browserOf }) => {
  const order = await requestedWithdrawal(platform, { amount: amountForTwoPeople() });
  await signIn(page, OPERATORS.finance);
  const first = await openPanel(page, order);
  const sheet = await openApproveSheet(page);
  await expect(sheet).toContainText('승인한 뒤에도 1명이 더 승인해야 합니다. 아직 보내지 않습니다.');
  await sheet.getByRole('button', { name: '승인하기' }).click();

  await expect(first.getByText('승인했습니다. 추가 승인이 필요합니다.')).toBeVisible();
  const heard = page.getByRole('status').getByText('승인했습니다. 추가 승인이 필요합니다.');
  await expect(heard).toHaveCount(1);
  await expect(first.getByText('2명 중 1명 · 다른 사람을 기다립니다')).toBeVisible();
  const again = first.getByRole('button', { name: '승인', exact: true });
  await expect(again).toBeDisabled();
  await expect(again).toHaveAccessibleDescription('이미 승인했습니다. 다른 사람의 승인을 기다립니다.');
  await expect(first.getByText('이미 승인했습니다. 다른 사람의 승인을 기다립니다.')).toBeVisible();

  const other = await browserOf(OPERATORS.financeTwo);
  const second = await openPanel(other, order);
  await expect(second.getByRole('listitem').filter({ hasText: OPERATORS.finance.name }).first()).toBeVisible();
  await approve(other);
  const arrived = second.getByRole('region', { name: '요약' }).getByText('회사 계정 입금 완료 · 회원 지급 미확인');
  await expect(arrived).toBeVisible({ timeout: SETTLED_WITHIN_MS });

  const { approvals } = await platform.withdrawals.get.query({ id: order.id });
  expect(approvals.given.map(({ name }) => name)).toEqual([OPERATORS.finance.name, OPERATORS.financeTwo.name]);
});

test('who requested a withdrawal sees why they cannot approve it', async ({ page, platform }) => {
  const funds = { memberId: newMember(), asset: 'LTC', amount: amountBelowTwoPeople() };
  await credit(platform, funds);
  await signIn(page, OPERATORS.finance);
  await visit(page, '/withdrawals');
  await page.getByRole('button', { name: '출금 요청' }).click();
  const sheet = page.getByRole('dialog', { name: '출금을 요청합니다' });
  await sheet.getByLabel('회원').fill(funds.memberId);
  await sheet.getByLabel('자산').selectOption(funds.asset);
  await sheet.getByLabel('금액').fill(funds.amount);
  await sheet.getByRole('button', { name: '요청하기' }).click();

  const panel = panelOf(page);
  await expect(panel.getByRole('heading', { name: funds.memberId })).toBeVisible();
  const button = panel.getByRole('button', { name: '승인', exact: true });
  await expect(button).toBeDisabled();
  await expect(button).toHaveAccessibleDescription(
    '내가 요청·수정했거나 내가 받은 API 키로 요청한 출금은 다른 사람이 승인하거나 보류를 해제해야 합니다.',
  );
  await expect(panel.getByRole('button', { name: '출금 취소' })).toBeEnabled();
});

test('a request says field by field what is wrong with it', async ({ page }) => {
  await signIn(page, OPERATORS.finance);
  await visit(page, '/withdrawals');
  await page.getByRole('button', { name: '출금 요청' }).click();
  const sheet = page.getByRole('dialog', { name: '출금을 요청합니다' });
  await sheet.getByLabel('회원').fill(newMember());
  await sheet.getByLabel('자산').selectOption('LTC');
  await sheet.getByLabel('금액').fill('0.000000001');
  await sheet.getByRole('button', { name: '요청하기' }).click();
  await expect(sheet.getByLabel('금액')).toHaveAccessibleDescription('이 자산이 허용하는 소수 자릿수를 넘었습니다.');

  await sheet.getByLabel('금액').fill('0,5');
  await sheet.getByRole('button', { name: '요청하기' }).click();
  await expect(sheet.getByLabel('금액')).toHaveAccessibleDescription(/쉼표는 12,345\.6처럼 천 단위에만/);
  await expect(sheet.getByLabel('금액')).toHaveValue('0,5');

  await sheet.getByLabel('금액').fill('1,000.50');
  await expect(sheet.getByRole('status')).toHaveText('1,000.5 LTC');
  await sheet.getByRole('button', { name: '요청하기' }).click();
  await expect(sheet.getByRole('alert')).toContainText('회원의 사용 가능 잔액이 부족합니다.');
  await sheet.getByLabel('금액').fill('0.4');
  await expect(sheet.getByRole('alert')).toHaveCount(0);
});
