import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { openPanel } from './pages/withdrawals.ts';
import { balanceOf, requestedWithdrawal } from './support/orders.ts';

test('a rejection needs a reason, releases the funds and keeps the reason', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform);
  await signIn(page, OPERATORS.finance);
  const panel = await openPanel(page, order);
  await panel.getByRole('button', { name: '반려' }).click();
  const sheet = page.getByRole('dialog', { name: '이 출금을 반려합니다' });
  const reason = sheet.getByLabel('반려 사유');
  await expect(reason).toBeFocused();

  await reason.fill('   ');
  await sheet.getByRole('button', { name: '반려하기' }).click();
  await expect(sheet.getByRole('alert')).toHaveText('반려 사유를 적어 주십시오.');
  await expect(reason).toBeFocused();
  await expect(reason).toHaveAttribute('aria-invalid', 'true');
  expect(await balanceOf(platform, order)).toMatchObject({ available: '0', held: order.amount });

  await reason.fill('가'.repeat(512));
  await expect(sheet.getByText('512/500')).toBeVisible();
  await sheet.getByRole('button', { name: '반려하기' }).click();
  await expect(sheet.getByRole('alert')).toHaveText('500자까지 쓸 수 있습니다. 12자를 줄여 주십시오.');
  await expect(reason).toHaveValue('가'.repeat(512));

  await reason.fill('받는 계정을 다시 확인해야 합니다');
  await expect(sheet.getByRole('alert')).toHaveCount(0);
  await sheet.getByRole('button', { name: '반려하기' }).click();
  await expect(sheet).toBeHidden();
  await expect(panel.getByText('반려했습니다. 보내지 않습니다.')).toBeVisible();
  await expect(panel.getByRole('region', { name: '요약' }).getByText('반려됨')).toBeVisible();
  const entry = panel.getByRole('listitem').filter({ hasText: `반려${OPERATORS.finance.name}` });
  await expect(entry).toContainText('받는 계정을 다시 확인해야 합니다');
  await expect(panel.getByRole('button', { name: '승인', exact: true })).toHaveCount(0);
  await expect(panel.getByText('보낸 것이 없습니다.', { exact: true })).toBeVisible();
  expect(await balanceOf(platform, order)).toMatchObject({ available: order.amount, held: '0', payable: '0' });
});
