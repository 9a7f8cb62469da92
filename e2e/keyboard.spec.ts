import type { Locator, Page } from '@playwright/test';
import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { awake, visit } from './pages/console.ts';
import { enterCode } from './pages/sign-in.ts';
import { openPanel, panelOf } from './pages/withdrawals.ts';
import { plugIn } from './support/authenticator.ts';
import { told } from './support/environment.ts';
import { newMember, requestedWithdrawal } from './support/orders.ts';
import { forgetSignInAttempts } from './support/rate-limit.ts';

const TABS_MAX = 30;

/** Tab after tab until it has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let tabs = 0; tabs < TABS_MAX; tabs += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(target).toBeFocused();
}

/** What a key of the Korean layout sends while no syllable is being composed. */
async function pressHangul(page: Page, key: string, code: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code });
  await session.detach();
}

async function twoOrders(platform: Parameters<typeof requestedWithdrawal>[0]) {
  const memberId = newMember();
  const lower = await requestedWithdrawal(platform, { memberId });
  const upper = await requestedWithdrawal(platform, { memberId });
  return { memberId, upper, lower };
}

/** Up stops at the first row, so pressing it again while the page is still waking up does no harm. */
async function walkToFirstRow(page: Page, first: { readonly amount: string }): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('ArrowUp');
    await expect(rowOf(page, first)).toBeFocused({ timeout: 500 });
  }).toPass();
}

const rowOf = (page: Page, { amount }: { readonly amount: string }) =>
  page.getByRole('row').filter({ hasText: amount }).getByRole('link');

test('a whole approval without a mouse, from the sign-in on', async ({ page, platform }) => {
  const { memberId, upper, lower } = await twoOrders(platform);
  await forgetSignInAttempts();
  await plugIn(page, OPERATORS.finance);
  await page.goto('/sign-in');
  await tabTo(page, page.getByLabel('이메일'));
  await page.keyboard.type(OPERATORS.finance.email);
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('비밀번호')).toBeFocused();
  await page.keyboard.type(told('E2E_PASSWORD'));
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: '로그인', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await enterCode(page, OPERATORS.finance);
  await expect(page.getByRole('heading', { name: '현황', level: 1 })).toBeVisible();

  await expect(async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('w');
    await expect(page.getByRole('heading', { name: '출금', level: 1 })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: '찾기' })).toBeFocused();
  await page.keyboard.type(memberId);
  await page.keyboard.press('Enter');
  await expect(page.getByText('2건 중 2건')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: '2건을 찾았습니다.' })).toBeAttached();
  await expect(page.getByRole('searchbox', { name: '찾기' })).toBeFocused();

  await tabTo(page, page.getByRole('button', { name: '조건 모두 지우기' }));
  await page.keyboard.press('j');
  await expect(rowOf(page, upper)).toBeFocused();
  await page.keyboard.press('j');
  await expect(rowOf(page, lower)).toBeFocused();
  await page.keyboard.press('k');
  await expect(rowOf(page, upper)).toBeFocused();
  await page.keyboard.press('Enter');
  const panel = panelOf(page);
  await expect(panel.getByRole('heading', { name: memberId })).toBeFocused();

  await page.keyboard.press('a');
  const sheet = page.getByRole('dialog', { name: '이 출금을 승인합니다' });
  await expect(sheet.getByRole('button', { name: '승인하기' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(sheet).toBeHidden();
  await expect(panel.getByText('승인했습니다. 곧 보냅니다.')).toBeVisible();
  await expect(rowOf(page, lower)).toBeFocused();
  const { approvals } = await platform.withdrawals.get.query({ id: upper.id });
  expect(approvals.given.map(({ name }) => name)).toEqual([OPERATORS.finance.name]);
});

test('the focus comes back to the row, and Escape closes one thing at a time', async ({ page, platform }) => {
  const { memberId, upper, lower } = await twoOrders(platform);
  await signIn(page, OPERATORS.finance);
  await visit(page, `/withdrawals?q=${memberId}`);
  await walkToFirstRow(page, upper);
  await page.keyboard.press('o');
  const panel = panelOf(page);
  await expect(panel.getByRole('heading', { name: memberId })).toBeFocused();
  await page.keyboard.press('r');
  const sheet = page.getByRole('dialog', { name: '이 출금을 반려합니다' });
  await expect(sheet.getByLabel('반려 사유')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(rowOf(page, upper)).toBeFocused();

  await page.keyboard.press('j');
  await expect(rowOf(page, lower)).toBeFocused();
  await expect(panel.getByText(lower.id)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(rowOf(page, lower)).toBeFocused();
});

test('letters are read by the place of the key, so a Korean layout works too', async ({ page, platform }) => {
  const { memberId, upper, lower } = await twoOrders(platform);
  await signIn(page, OPERATORS.finance);
  await visit(page, `/withdrawals?q=${memberId}`);
  await walkToFirstRow(page, upper);
  await pressHangul(page, 'ㅓ', 'KeyJ');
  await expect(rowOf(page, lower)).toBeFocused();
  await pressHangul(page, 'ㅏ', 'KeyK');
  await expect(rowOf(page, upper)).toBeFocused();
});

test('letters typed into a field stay letters', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform);
  await signIn(page, OPERATORS.finance);
  await openPanel(page, order);
  const search = page.getByRole('searchbox', { name: '찾기' });
  await search.click();
  await page.keyboard.type('ajrk?go');
  await expect(search).toHaveValue('ajrk?go');
  await expect(search).toBeFocused();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the list of keys opens with ?, and letters can be switched off for good', async ({ page, platform }) => {
  const { memberId, upper, lower } = await twoOrders(platform);
  await signIn(page, OPERATORS.finance);
  await visit(page, `/withdrawals?q=${memberId}`);
  await walkToFirstRow(page, upper);
  await page.keyboard.press('Shift+Slash');
  const sheet = page.getByRole('dialog', { name: '단축키' });
  await expect(sheet.getByText('승인 창 열기 (바로 승인되지 않습니다)')).toBeVisible();
  await sheet.getByRole('checkbox', { name: '글자 단축키 사용' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  await page.reload();
  await awake(page.getByRole('main'));
  await walkToFirstRow(page, upper);
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+Slash');
  await expect(rowOf(page, upper)).toBeFocused();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await expect(rowOf(page, lower)).toBeFocused();
});
