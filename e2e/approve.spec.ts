import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { approve, openPanel, panelOf, rowLink } from './pages/withdrawals.ts';
import { balanceOf, requestedWithdrawal } from './support/orders.ts';

const SETTLED_WITHIN_MS = 30_000;

test('finance approves what waits and watches it reach the company account', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform);
  await signIn(page, OPERATORS.finance);
  await visit(page, '/');
  await expect(page.getByRole('heading', { name: '현황', level: 1 })).toBeVisible();

  await page
    .getByRole('main')
    .getByRole('link', { name: /승인 대기/ })
    .click();
  await rowLink(page, order.memberId).click();
  const panel = panelOf(page);
  await expect(panel.getByRole('heading', { name: order.memberId })).toBeFocused();
  await expect(panel.getByText('1명 중 0명')).toBeVisible();
  await expect(panel.getByText('아직 보내지 않았습니다.', { exact: true })).toBeVisible();

  await approve(page);
  await expect(panel.getByText('승인했습니다. 곧 보냅니다.')).toBeVisible();
  const arrived = panel.getByRole('region', { name: '요약' }).getByText('회사 계정 입금 완료 · 회원 지급 미확인');
  await expect(arrived).toBeVisible({ timeout: SETTLED_WITHIN_MS });

  const legs = panel.getByRole('listitem').filter({ hasText: '→' });
  await expect(legs.nth(0)).toContainText('1. 채굴 풀 → 회사 계정도착 확인');
  await expect(legs.nth(1)).toContainText('2. 회사 계정 → 회원플랫폼이 지급 · 보고 없음');
  for (const step of [
    '요청browser tests',
    `승인${OPERATORS.finance.name}`,
    '보내기 시작자동 처리',
    '도착 확인자동 처리',
  ])
    await expect(panel.getByRole('listitem').filter({ hasText: step })).toBeVisible();
  await expect(panel.getByRole('button', { name: '승인', exact: true })).toHaveCount(0);

  expect(await balanceOf(platform, order)).toEqual({
    asset: 'LTC',
    available: '0',
    held: '0',
    inFlight: '0',
    payable: order.amount,
  });
});

test('the sheet repeats the whole order, and going back approves nothing', async ({ page, platform }) => {
  const order = await requestedWithdrawal(platform);
  await signIn(page, OPERATORS.finance);
  const panel = await openPanel(page, order);
  await panel.getByRole('button', { name: '승인', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: '이 출금을 승인합니다' });
  await expect(sheet).toContainText(order.amount);
  await expect(sheet).toContainText(order.destination.address);
  await expect(sheet).toContainText(`회원 ${order.memberId} · 요청자 browser tests`);
  await expect(sheet).toContainText('승인하면 바로 보내기 순서에 들어갑니다.');

  await sheet.getByRole('button', { name: '돌아가기' }).click();
  await expect(sheet).toBeHidden();
  await expect(rowLink(page, order.memberId)).toBeFocused();
  expect(await platform.withdrawals.get.query({ id: order.id })).toMatchObject({
    status: 'pending',
    approvals: { given: [] },
  });
});
