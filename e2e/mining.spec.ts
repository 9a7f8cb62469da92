import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { approve, openPanel, panelOf } from './pages/withdrawals.ts';
import { requestedWithdrawal } from './support/orders.ts';

const SETTLED_WITHIN_MS = 30_000;
const COINS = ['LTC', 'DOGE', 'BELLS', 'LKY', 'PEP', 'JKC', 'DINGO', 'SHIC'];

test('what the pool holds, coin by coin, with its age', async ({ page, platform }) => {
  const balance = await platform.mining.balance.query({});
  await signIn(page, OPERATORS.auditor);
  await visit(page, '/mining');
  await expect(page.getByText('해시 크레딧').locator('..')).toContainText('50,000');
  expect(balance).toMatchObject({ credit: '50000' });
  const table = page.getByRole('table', { name: '채굴 풀에 있는 자산별 잔액' });
  const assets = await platform.mining.assets.query({});
  expect(assets.rows.map(({ asset }) => asset).toSorted()).toEqual(COINS.toSorted());
  for (const { asset, balance: held } of assets.rows) {
    const row = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: asset, exact: true }) });
    await expect(row).toContainText((held ?? '-').replace(/\B(?=(\d{3})+(?!\d)(?<!\..*))/g, ','));
  }
  await expect(page.getByRole('button', { name: '지금 다시 읽기' })).toBeDisabled();
});

test('finance reads the pool again', async ({ page }) => {
  await signIn(page, OPERATORS.finance);
  await visit(page, '/mining');
  await page.getByRole('button', { name: '지금 다시 읽기' }).click();
  await expect(page.getByRole('main').getByText('읽기를 시작했습니다.', { exact: false })).toBeVisible();
});

test('the log shows what was sent to the pool and leads to its withdrawal', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform);
  await signIn(page, OPERATORS.finance);
  const panel = await openPanel(page, order);
  await approve(page);
  const arrived = panel.getByRole('region', { name: '요약' }).getByText('회사 계정 입금 완료 · 회원 지급 미확인');
  await expect(arrived).toBeVisible({ timeout: SETTLED_WITHIN_MS });
  const { attempts } = await platform.withdrawals.get.query({ id: order.id });

  await visit(page, '/mining');
  const line = page
    .getByRole('table', { name: '채굴 풀에 보낸 출금' })
    .getByRole('row')
    .filter({ hasText: order.amount });
  await expect(line).toContainText('회사 계정 입금 완료');
  await expect(line).toContainText(attempts[0]?.reference ?? 'no reference');
  await line.getByRole('link').click();
  await expect(panelOf(page).getByText(order.id)).toBeVisible();
});

test('thirty days of a coin, as bars and as the same figures in a table', async ({ page }) => {
  await signIn(page, OPERATORS.support);
  await visit(page, '/mining');
  await page.getByRole('button', { name: 'DOGE', exact: true }).click();
  await expect(page.getByRole('img', { name: /^DOGE 하루 채굴량/ })).toBeVisible();
  await expect(page).toHaveURL(/asset=DOGE/);
  await page.getByRole('button', { name: '표로 보기' }).click();
  await expect(page.getByRole('table', { name: 'DOGE 하루 채굴량' }).getByRole('row').nth(1)).toBeVisible();
});
