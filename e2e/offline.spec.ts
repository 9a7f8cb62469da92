import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { openApproveSheet, openPanel } from './pages/withdrawals.ts';
import { requestedWithdrawal } from './support/orders.ts';

const OFFLINE = '연결된 뒤에 할 수 있습니다.';

test('a sheet that is open when the connection goes sends nothing until it is back', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform);
  await signIn(page, OPERATORS.finance);
  await openPanel(page, order);
  const sheet = await openApproveSheet(page);
  const confirm = sheet.getByRole('button', { name: '승인하기' });
  await page.context().setOffline(true);
  await expect(confirm).toHaveAttribute('aria-disabled', 'true');
  await expect(confirm).toHaveAccessibleDescription(OFFLINE);
  await expect(confirm).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(confirm).toHaveText('승인하기');
  await expect(sheet.getByRole('alert')).toHaveCount(0);

  await page.context().setOffline(false);
  await expect(confirm).not.toHaveAttribute('aria-disabled', 'true');
  expect((await platform.withdrawals.get.query({ id: order.id })).status).toBe('pending');
});

for (const [address, name] of [
  ['/withdrawals', '출금 요청'],
  ['/wallets', '지갑 만들기'],
  ['/addresses', '주소 등록'],
  ['/status', '보내기 정지'],
] as const) {
  test(`"${name}" waits for the connection and says so`, async ({ page }) => {
    await signIn(page, OPERATORS.finance);
    await visit(page, address);
    const opener = page.getByRole('button', { name, exact: true });
    await expect(opener).toHaveAccessibleDescription('');
    await page.context().setOffline(true);
    await expect(page.getByText(/^인터넷 연결이 끊겼습니다/)).toBeVisible();
    await expect(opener).toHaveAttribute('aria-disabled', 'true');
    await expect(opener).toHaveAccessibleDescription(OFFLINE);
    await page.context().setOffline(false);
    await expect(opener).toHaveAccessibleDescription('');
  });
}
