import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { openPanel, panelOf, rowLink } from './pages/withdrawals.ts';
import { credit, newMember, requestedWithdrawal } from './support/orders.ts';
import { incident, recover, stumble } from './support/stumble.ts';

const PAGE_ROWS = 50;

/** More than a page of withdrawals of one member. */
async function morePagesOf(platform: Parameters<typeof credit>[0], rows: number): Promise<string> {
  const memberId = newMember();
  await credit(platform, { memberId, asset: 'SHIC', amount: `${rows}` });
  for (let no = 0; no < rows; no += 1) {
    const order = { memberId, asset: 'SHIC', amount: '1', idempotencyKey: `${memberId}/${no}` };
    await platform.withdrawals.request.mutate(order);
  }
  return memberId;
}

test('a list without rows says why, and offers the way out', async ({ page }) => {
  await signIn(page, OPERATORS.finance);
  await visit(page, `/withdrawals?q=${newMember()}`);
  await expect(page.getByText('조건에 맞는 출금이 없습니다')).toBeVisible();
  await page.getByRole('button', { name: '조건 모두 지우기' }).first().click();
  await expect(page.getByText('조건에 맞는 출금이 없습니다')).toBeHidden();
  await expect(page).toHaveURL(/\/withdrawals$/);
  await expect(page.getByRole('searchbox', { name: '찾기' })).toBeFocused();
  await expect(page.getByRole('searchbox', { name: '찾기' })).toHaveValue('');
});

test('support reads everything and is told why it cannot decide', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform);
  await signIn(page, OPERATORS.support);
  const panel = await openPanel(page, order);
  for (const decision of ['승인', '반려']) {
    const button = panel.getByRole('button', { name: decision, exact: true });
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription('현재 역할로는 할 수 없습니다.');
  }
  await panel.getByRole('heading', { name: order.memberId }).focus();
  await expect(async () => {
    await page.keyboard.press('a');
    const said = page.getByRole('status').filter({ hasText: '현재 역할로는 할 수 없습니다.' });
    await expect(said).toBeAttached({ timeout: 500 });
  }).toPass();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('an auditor is offered nothing that changes anything', async ({ page }) => {
  await signIn(page, OPERATORS.auditor);
  await visit(page, '/withdrawals');
  await expect(page.getByRole('heading', { name: '출금', level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: '출금 요청' })).toHaveCount(0);
  await visit(page, '/wallets');
  await expect(page.getByRole('heading', { name: '지갑', level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: '지갑 만들기' })).toHaveCount(0);
  await visit(page, '/settings/api-keys');
  await expect(page.getByText('볼 권한이 없습니다')).toBeVisible();
  await expect(page.getByRole('button', { name: 'API 키 만들기' })).toHaveCount(0);
});

test('what could not be read is said with its incident, and trying again shows it', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform);
  await signIn(page, OPERATORS.finance);
  await visit(page, '/');
  await stumble(page, 'withdrawals.list');
  await page.getByRole('navigation', { name: '주 메뉴' }).getByRole('link', { name: '출금' }).click();
  await page.getByRole('searchbox', { name: '찾기' }).fill(order.memberId);
  await page.keyboard.press('Enter');
  const problem = page.getByRole('alert').filter({ hasText: '불러오지 못했습니다' });
  await expect(problem).toContainText(`문의 번호 ${incident.id}`);

  await recover(page, 'withdrawals.list');
  await problem.getByRole('button', { name: '다시 시도' }).click();
  await expect(rowLink(page, order.memberId)).toBeVisible();
});

test('without a connection the list says so, and a lost decision is not shown as taken', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform);
  await signIn(page, OPERATORS.finance);
  const panel = await openPanel(page, order);
  await page.route('**/api/trpc/withdrawals.approve*', (route) => route.abort('connectionreset'));
  await panel.getByRole('button', { name: '승인', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: '이 출금을 승인합니다' });
  await sheet.getByRole('button', { name: '승인하기' }).click();
  await expect(sheet.getByRole('alert')).toContainText('연결이 끊겨 전달되었는지 아직 모릅니다.');
  const { status } = await platform.withdrawals.get.query({ id: order.id });
  expect(status).toBe('pending');
});

test('a copied address shows the same in another browser; Back undoes one step', async ({
  page,
  platform,
  browserOf,
}) => {
  const memberId = await morePagesOf(platform, PAGE_ROWS + 2);
  await signIn(page, OPERATORS.finance);
  await visit(page, '/withdrawals');
  await page.getByRole('searchbox', { name: '찾기' }).fill(memberId);
  await page.keyboard.press('Enter');
  await page.getByLabel('자산').selectOption('SHIC');
  await page.getByRole('button', { name: '변경 시각' }).click();
  await expect(page.getByText(`${PAGE_ROWS + 2}건 중 ${PAGE_ROWS}건`)).toBeVisible();
  await page.getByRole('button', { name: '다음' }).click();
  await expect(page.getByText(`${PAGE_ROWS + 2}건 중 2건`)).toBeVisible();
  await expect(page.getByRole('button', { name: '다음' })).toBeFocused();
  await expect(page.getByRole('button', { name: '다음' })).toBeDisabled();
  await rowLink(page, memberId).first().click();
  await expect(panelOf(page).getByRole('heading', { name: memberId })).toBeVisible();

  const other = await browserOf(OPERATORS.support);
  await other.setViewportSize({ width: 1920, height: 1080 });
  await visit(other, page.url());
  await expect(panelOf(other).getByRole('heading', { name: memberId })).toBeVisible();
  await expect(other.getByText(`${PAGE_ROWS + 2}건 중 2건`)).toBeVisible();
  await expect(other.getByRole('columnheader', { name: '변경 시각' })).toHaveAttribute('aria-sort', 'descending');
  await expect(other.getByRole('button', { name: '조건 제거: 자산 SHIC' })).toBeVisible();
  await expect(other.getByRole('searchbox', { name: '찾기' })).toHaveValue(memberId);

  await page.goBack();
  await expect(panelOf(page)).toBeHidden();
  await expect(page.getByText(`${PAGE_ROWS + 2}건 중 2건`)).toBeVisible();
  await page.goBack();
  await expect(page.getByText(`${PAGE_ROWS + 2}건 중 ${PAGE_ROWS}건`)).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('columnheader', { name: '요청 시각' })).toHaveAttribute('aria-sort', 'descending');
});

test('a session that ended is said without losing the screen', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform);
  await signIn(page, OPERATORS.finance);
  const panel = await openPanel(page, order);
  await page.context().clearCookies();
  await panel.getByRole('button', { name: '지금 다시 확인' }).click();
  await expect(page.getByText('로그아웃되었습니다. 입력한 내용은 이 화면에 남아 있습니다.')).toBeVisible();
  await expect(panel.getByRole('heading', { name: order.memberId })).toBeVisible();
});

test('on paper, where the header is not, the zone of all times is said once', async ({ page }) => {
  await signIn(page, OPERATORS.auditor);
  await visit(page, '/withdrawals');
  const zone = page.getByText('모든 시각은 KST 기준입니다.');
  await expect(zone).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(zone).toBeVisible();
});
