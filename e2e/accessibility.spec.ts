import type { Page } from '@playwright/test';
import type { CountersignClient } from 'countersign/client';
import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { awake, visit } from './pages/console.ts';
import { openPanel } from './pages/withdrawals.ts';
import { expectNoViolations, expectNoViolationsInLight } from './support/axe.ts';
import { seenDifference } from './support/differences.ts';
import { told } from './support/environment.ts';
import { amountForTwoPeople, newMember, requestedWithdrawal } from './support/orders.ts';

const WIDTHS = [360, 768, 1024, 1440, 1920];

/** Every screen by its address; what is to be seen there is made first. */
const SCREENS: Readonly<Record<string, (platform: CountersignClient) => Promise<string>>> = {
  overview: async () => '/',
  withdrawals: async (platform) => `/withdrawals?q=${(await requestedWithdrawal(platform)).memberId}`,
  'withdrawals with the panel': async (platform) =>
    `/withdrawals?id=${(await requestedWithdrawal(platform, { amount: amountForTwoPeople() })).id}`,
  exceptions: async () => '/exceptions',
  balances: async (platform) => `/balances?member=${(await requestedWithdrawal(platform)).memberId}`,
  wallets: async (platform) =>
    `/wallets?q=${(await platform.wallets.create.mutate({ memberId: newMember() })).memberId}`,
  'a wallet': async (platform) => `/wallets/${(await platform.wallets.create.mutate({ memberId: newMember() })).id}`,
  reconciliation: async () => {
    await seenDifference();
    return '/reconciliation';
  },
  mining: async () => '/mining',
  notifications: async () => '/notifications?view=all',
  'allowed addresses': async () => '/addresses',
  'approval policy': async () => '/policies',
  audit: async () => '/audit',
  status: async () => '/status',
  'own settings': async () => '/settings/me',
  team: async () => '/settings/team',
  'api keys': async () => '/settings/api-keys',
  webhooks: async () => '/settings/webhooks',
  'a page that is not there': async () => '/nowhere',
};

/** Colours are the same in both languages: dark is looked at in one of them. */
const LANGUAGES = [
  { locale: 'en', expectNothing: expectNoViolationsInLight },
  { locale: 'ko', expectNothing: expectNoViolations },
] as const;

const SHEETS = [
  { ko: '승인', en: 'Approve' },
  { ko: '반려', en: 'Reject' },
  { ko: '보류', en: 'Hold' },
  { ko: '금액 수정', en: 'Change amount' },
  { ko: '메모', en: 'Note' },
];

test.describe.configure({ mode: 'parallel' });

// One test for both languages: what is to be seen is made once.
for (const [name, addressOf] of Object.entries(SCREENS)) {
  test(`nothing in the way of anybody: ${name}`, async ({ page, platform }) => {
    const address = await addressOf(platform);
    await signIn(page, OPERATORS.admin);
    for (const { locale, expectNothing } of LANGUAGES) {
      await openIn(page, locale, address);
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
      await expectNothing(page);
      await expectNothingSideways(page);
    }
  });
}

for (const address of ['/sign-in', '/invitation']) {
  test(`nothing in the way of anybody who is not signed in: ${address}`, async ({ page }) => {
    for (const { locale, expectNothing } of LANGUAGES) {
      await openIn(page, locale, address);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectNothing(page);
    }
  });
}

for (const sheet of SHEETS) {
  test(`nothing in the way of anybody: the sheet "${sheet.en}"`, async ({ page, platform }) => {
    const { id } = await requestedWithdrawal(platform);
    await signIn(page, OPERATORS.admin);
    for (const { locale, expectNothing } of LANGUAGES) {
      await openIn(page, locale, `/withdrawals?id=${id}`);
      const button = page.getByRole('complementary').getByRole('button', { name: sheet[locale], exact: true });
      await awake(button);
      await button.click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectNothing(page);
    }
  });
}

test('on a phone the panel takes the screen, with its buttons in reach', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform);
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page, OPERATORS.finance);
  const panel = await openPanel(page, order);
  await expect(page.getByRole('table', { name: '출금 목록' })).toBeHidden();
  await expect(panel.getByRole('button', { name: '승인', exact: true })).toBeInViewport();
  await panel.getByRole('button', { name: '닫기' }).click();
  await expect(page.getByRole('table', { name: '출금 목록' })).toBeVisible();
});

test('on a phone every page of the menu is in reach', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page, OPERATORS.admin);
  await visit(page, '/');
  const menu = page.getByRole('navigation', { name: '주 메뉴' });
  expect(await menu.evaluate((bar) => bar.scrollWidth <= bar.clientWidth)).toBe(true);
  await expect(menu.getByRole('link', { name: '알림' })).toBeInViewport({ ratio: 1 });
  const more = menu.getByRole('button', { name: '더보기' });
  await awake(more);
  await more.click();
  await expect(menu.getByRole('link', { name: '웹훅' })).toBeInViewport({ ratio: 1 });
  await expectNoViolations(page);
  const mining = menu.getByRole('link', { name: '채굴' });
  await expect(mining).toBeInViewport({ ratio: 1 });
  await mining.click();
  await expect(page.getByRole('heading', { name: '채굴', level: 1 })).toBeVisible();
  await expect(mining).toBeHidden();
});

test('the first Tab leads past the menu to the content', async ({ page }) => {
  await signIn(page, OPERATORS.support);
  await visit(page, '/withdrawals');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: '본문으로 바로 가기' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

async function openIn(page: Page, locale: 'ko' | 'en', address: string): Promise<void> {
  await page.context().addCookies([{ name: 'locale', value: locale, url: told('E2E_BASE_URL') }]);
  await page.goto(address);
  await expect(page.locator('html')).toHaveAttribute('lang', locale);
}

async function expectNothingSideways(page: Page): Promise<void> {
  const size = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(wide, `at ${width}`).toBeLessThanOrEqual(0);
  }
  if (size) await page.setViewportSize(size);
}
