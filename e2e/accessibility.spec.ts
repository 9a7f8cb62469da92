import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { openPanel } from './pages/withdrawals.ts';
import { told } from './support/environment.ts';
import { amountForTwoPeople, newMember, type Requested, requestedWithdrawal } from './support/orders.ts';

const WIDTHS = [360, 768, 1024, 1440, 1920];

interface Subjects {
  readonly order: Requested;
  readonly walletId: string;
}

/** Every screen, with the sheets that are most used opened. */
const SCREENS: readonly {
  readonly name: string;
  readonly open: (page: Page, subjects: Subjects) => Promise<unknown>;
}[] = [
  { name: 'overview', open: (page) => page.goto('/') },
  { name: 'withdrawals', open: (page, { order }) => page.goto(`/withdrawals?q=${order.memberId}`) },
  { name: 'panel', open: (page, { order }) => page.goto(`/withdrawals?id=${order.id}`) },
  { name: 'wallets', open: (page) => page.goto('/wallets') },
  { name: 'wallet', open: (page, { walletId }) => page.goto(`/wallets/${walletId}`) },
  { name: 'mining', open: (page) => page.goto('/mining') },
  { name: 'api keys', open: (page) => page.goto('/settings/api-keys') },
  { name: 'not found', open: (page) => page.goto('/nowhere') },
];

const SHEETS = { ko: ['승인', '반려'], en: ['Approve', 'Reject'] } as const;
const LOCALES = ['ko', 'en'] as const;

/** Everything in light; in dark the same page, where only its colours are other ones. */
async function expectNoViolations(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await new AxeBuilder({ page }).analyze();
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']).analyze();
  const found = [light, dark].map(({ violations }) =>
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
  );
  expect(found).toEqual([[], []]);
}

for (const locale of LOCALES) {
  test.describe(locale, () => {
    test.beforeEach(({ page }) =>
      page.context().addCookies([{ name: 'locale', value: locale, url: told('E2E_BASE_URL') }]),
    );

    test('axe finds nothing on any screen', async ({ page, platform }) => {
      const order = await requestedWithdrawal(platform, { amount: amountForTwoPeople() });
      const { id: walletId } = await platform.wallets.create.mutate({ memberId: newMember() });
      await page.goto('/sign-in');
      await expectNoViolations(page);
      await signIn(page, OPERATORS.admin);
      for (const { name, open } of SCREENS) {
        await test.step(name, async () => {
          await open(page, { order, walletId });
          await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
          await expect(page.locator('html')).toHaveAttribute('lang', locale);
          await expectNoViolations(page);
        });
      }
    });

    test('axe finds nothing on the sheets', async ({ page, platform }) => {
      const order = await requestedWithdrawal(platform);
      await signIn(page, OPERATORS.admin);
      await page.goto(`/withdrawals?id=${order.id}`);
      for (const name of SHEETS[locale]) {
        await page.getByRole('complementary').getByRole('button', { name, exact: true }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await expectNoViolations(page);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toBeHidden();
      }
    });
  });
}

test('nothing scrolls sideways, from a phone to a wide screen', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform);
  const { id: walletId } = await platform.wallets.create.mutate({ memberId: newMember() });
  await signIn(page, OPERATORS.admin);
  for (const { name, open } of SCREENS) {
    await open(page, { order, walletId });
    await expect(page.getByRole('heading').first()).toBeVisible();
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect.soft(wide, `${name} at ${width}`).toBeLessThanOrEqual(0);
    }
  }
});

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

test('the first Tab leads past the menu to the content', async ({ page }) => {
  await signIn(page, OPERATORS.support);
  await page.goto('/withdrawals');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: '본문으로 바로 가기' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});
