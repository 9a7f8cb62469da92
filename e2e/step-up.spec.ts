import type { CountersignClient } from 'countersign/client';
import { nextCode } from '../scripts/local/authenticator.ts';
import { expect, OPERATORS, signIn, TYPIST, test } from './fixtures.ts';
import { openApproveSheet, openPanel, panelOf } from './pages/withdrawals.ts';
import { expectNoViolations } from './support/axe.ts';
import { told } from './support/environment.ts';
import { requestedWithdrawal } from './support/orders.ts';

/** The sheet is hidden behind the confirmation already, before the approval itself is answered. */
const votesOf = async (platform: CountersignClient, { id }: { id: string }) =>
  (await platform.withdrawals.get.query({ id })).approvals.given;

test('an approval is confirmed once more with a code; put away, nothing is approved', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform);
  await signIn(page, TYPIST);
  await openPanel(page, order);
  const sheet = await openApproveSheet(page);
  await sheet.getByRole('button', { name: '승인하기' }).click();
  const question = page.getByRole('dialog', { name: '본인 확인' });
  await expect(question.getByLabel('인증 코드')).toBeFocused();
  await expect(question).toContainText('출금 승인');
  await expect(question).toContainText(order.memberId);
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(question.getByRole('button', { name: '확인' })).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1280, height: 720 });
  await expectNoViolations(page);

  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(sheet.getByRole('alert')).toContainText('본인 확인을 한 번 더 해야 합니다.');
  expect(await platform.withdrawals.get.query({ id: order.id })).toMatchObject({ status: 'pending' });

  await sheet.getByRole('button', { name: '승인하기' }).click();
  await expect(question.getByLabel('인증 코드')).toBeFocused();
  await page.keyboard.type('000000');
  await page.keyboard.press('Enter');
  await expect(question.getByRole('alert')).toContainText('코드가 맞지 않습니다.');
  await expect(async () => {
    if (!(await question.isVisible())) return;
    await page.keyboard.type(await nextCode(TYPIST.email, told('E2E_TOTP_KEY')));
    await page.keyboard.press('Enter');
    await expect(question).toBeHidden({ timeout: 2_000 });
  }).toPass();
  await expect(sheet).toBeHidden();
  await expect(panelOf(page).getByText('승인').first()).toBeVisible();
  await expect.poll(async () => (await votesOf(platform, order)).length).toBe(1);
});

test('with a passkey the confirmation asks nothing to be typed', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform);
  await signIn(page, OPERATORS.finance);
  await openPanel(page, order);
  const sheet = await openApproveSheet(page);
  const confirmed = page.waitForResponse((response) => response.url().includes('stepUp.confirm'));
  await sheet.getByRole('button', { name: '승인하기' }).click();
  expect((await confirmed).status()).toBe(200);
  await expect(sheet).toBeHidden();
  await expect.poll(async () => (await votesOf(platform, order)).length).toBe(1);
});
