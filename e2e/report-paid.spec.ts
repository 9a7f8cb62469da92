import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { openPanel } from './pages/withdrawals.ts';
import { balanceOf, requestedWithdrawal } from './support/orders.ts';
import { approveAs, statusOf } from './support/unknown.ts';

test('two people report that the member was paid; until then nothing says so', async ({
  page,
  platform,
  browserOf,
}) => {
  const order = await requestedWithdrawal(platform);
  await approveAs(OPERATORS.finance, order);
  await expect.poll(() => statusOf(platform, order), { timeout: 30_000 }).toBe('completed');
  await signIn(page, OPERATORS.finance);
  const panel = await openPanel(page, order);
  await panel.getByRole('button', { name: '회원 지급 보고' }).click();
  const sheet = page.getByRole('dialog', { name: '회원 지급 보고를 제안합니다' });
  await sheet.getByRole('button', { name: '지급 보고 제안하기' }).click();
  await expect(sheet.getByText('지급 번호를 확인하십시오.')).toBeVisible();
  await sheet.getByLabel('지급 번호').fill(`bank-${order.id}`);
  await sheet.getByLabel(/^지급 시각/).fill('2026-01-05T09:30');
  await sheet.getByRole('button', { name: '지급 보고 제안하기' }).click();
  await expect(panel.getByText('내가 제안했습니다')).toBeVisible();
  await expect(panel.getByRole('region', { name: '요약' })).toContainText('회원 지급 미확인');

  const colleague = await browserOf(OPERATORS.financeTwo);
  const theirs = await openPanel(colleague, order);
  await theirs.getByRole('button', { name: '검토 후 확정' }).click();
  await colleague.getByRole('button', { name: '지급 확정하기' }).click();
  await expect(theirs.getByText('두 사람이 회원 지급을 확정했습니다.')).toBeVisible();
  await expect(theirs.getByRole('region', { name: '요약' })).toContainText('회원 지급 완료(보고됨)');
  await expect(theirs.getByText(`${OPERATORS.financeTwo.name} 보고`)).toBeVisible();
  expect(await balanceOf(platform, order)).toMatchObject({ payable: '0' });
});
