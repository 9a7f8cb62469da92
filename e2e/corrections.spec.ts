import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { openPanel } from './pages/withdrawals.ts';
import { requestedWithdrawal } from './support/orders.ts';

test('support holds with a reason; nobody approves before it is released', async ({ page, platform, browserOf }) => {
  const order = await requestedWithdrawal(platform);
  await signIn(page, OPERATORS.support);
  const panel = await openPanel(page, order);
  await panel.getByRole('button', { name: '보류', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: '이 출금을 보류합니다' });
  await sheet.getByRole('button', { name: '보류하기' }).click();
  await expect(sheet.getByText('보류 사유를 선택하십시오.')).toBeVisible();
  await expect(sheet.getByText('무엇을 확인해야 하는지 적어 주십시오.')).toBeVisible();
  await expect(sheet.getByLabel('보류 사유')).toBeFocused();
  await sheet.getByLabel('보류 사유').selectOption({ label: '본인 확인' });
  await sheet.getByLabel('메모').fill('신분증 사본을 기다립니다.');
  await sheet.getByRole('button', { name: '보류하기' }).click();
  await expect(panel.getByText('보류했습니다.')).toBeVisible();
  await expect(panel.getByText('보류 중 · 본인 확인')).toBeVisible();

  const finance = await browserOf(OPERATORS.finance);
  const theirs = await openPanel(finance, order);
  await expect(theirs.getByText('신분증 사본을 기다립니다.').first()).toBeVisible();
  await expect(theirs.getByRole('button', { name: '승인', exact: true })).toHaveAccessibleDescription(
    '보류 중입니다. 먼저 보류를 해제하십시오.',
  );
  await theirs.getByRole('button', { name: '보류 해제' }).click();
  await finance.getByRole('button', { name: '보류 해제하기' }).click();
  await expect(theirs.getByText('보류를 해제했습니다.')).toBeVisible();
  expect((await platform.withdrawals.get.query({ id: order.id })).hold).toBeNull();
});

test('an amount is changed with before and after in sight, and whoever changed it cannot approve', async ({
  page,
  platform,
}) => {
  const order = await requestedWithdrawal(platform, { amount: '0.5' });
  await signIn(page, OPERATORS.finance);
  const panel = await openPanel(page, order);
  await panel.getByRole('button', { name: '금액 수정' }).click();
  const sheet = page.getByRole('dialog', { name: '금액을 수정합니다' });
  await sheet.getByLabel('새 금액').fill('0.4');
  await expect(sheet.getByText('0.5 → 0.4 LTC')).toBeVisible();
  await sheet.getByLabel('수정 사유').fill('회원이 금액을 낮췄습니다.');
  await sheet.getByRole('button', { name: '금액 수정하기' }).click();
  await expect(panel.getByText('금액을 수정했습니다.')).toBeVisible();
  await expect(panel.getByRole('button', { name: '승인', exact: true })).toBeDisabled();
  expect((await platform.withdrawals.get.query({ id: order.id })).amount).toBe('0.4');
});

test('a note is kept in the record', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform);
  await signIn(page, OPERATORS.support);
  const panel = await openPanel(page, order);
  await panel.getByRole('heading', { name: order.memberId }).focus();
  await page.keyboard.press('n');
  const sheet = page.getByRole('dialog', { name: '메모를 남깁니다' });
  await sheet.getByLabel('메모').fill('회원과 통화했습니다.');
  await sheet.getByRole('button', { name: '메모 남기기' }).click();
  await expect(panel.getByRole('listitem').filter({ hasText: '회원과 통화했습니다.' })).toBeVisible();
});
