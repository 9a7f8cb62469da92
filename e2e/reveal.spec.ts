import type { Page } from '@playwright/test';
import { expect, KEEPER, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { expectNoViolations } from './support/axe.ts';
import { newMember } from './support/orders.ts';

/** The texts of a page without the gaps that are put into addresses. */
const shownOn = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s/g, '');

test('support sees a masked address, shows it for a reason, and it hides again by itself', async ({
  page,
  platform,
}) => {
  const { id, address: whole } = await platform.wallets.create.mutate({ memberId: newMember() });
  const address = whole ?? '';
  const middle = address.slice(6, -6);
  await page.clock.install();
  await signIn(page, KEEPER);
  await visit(page, `/wallets/${id}`);
  await expect(page.getByText(`${address.slice(0, 4)}••••••${address.slice(-4)}`)).toBeVisible();
  expect(await page.content()).not.toContain(middle);
  await expect(page.getByRole('button', { name: '주소 복사' })).toBeHidden();

  await page.getByRole('button', { name: '전체 주소 보기' }).click();
  const sheet = page.getByRole('dialog', { name: '전체 주소 보기' });
  await sheet.getByRole('button', { name: '보기', exact: true }).click();
  await expect(sheet.getByText('조회 사유를 적어 주십시오.')).toBeVisible();
  await expectNoViolations(page);
  await sheet.getByLabel('조회 사유').fill('회원이 입금 주소를 물었습니다');
  const confirmed = page.waitForResponse((response) => response.url().includes('stepUp.confirm'));
  await sheet.getByRole('button', { name: '보기', exact: true }).click();
  expect((await confirmed).status()).toBe(200);
  await expect(sheet).toBeHidden();
  await expect(page.getByRole('button', { name: '주소 복사' })).toBeVisible();
  expect(await shownOn(page)).toContain(address);

  await page.clock.fastForward('00:31');
  await expect(page.getByRole('button', { name: '전체 주소 보기' })).toBeVisible();
  expect(await page.content()).not.toContain(middle);
  expect(await shownOn(page)).not.toContain(middle);
});

test('who has no authenticator app is told where to register one', async ({ page, platform }) => {
  const { id } = await platform.wallets.create.mutate({ memberId: newMember() });
  await signIn(page, OPERATORS.support);
  await visit(page, `/wallets/${id}`);
  await page.getByRole('button', { name: '전체 주소 보기' }).click();
  await expect(page.getByRole('dialog').getByText('인증 앱이 있어야 합니다.')).toBeVisible();
});
