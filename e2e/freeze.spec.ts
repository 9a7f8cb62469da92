import type { Page } from '@playwright/test';
import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { approve, openPanel, panelOf } from './pages/withdrawals.ts';
import { requestedWithdrawal } from './support/orders.ts';

/** An asset that no other story sends: what is frozen is frozen for everybody. */
const ASSET = 'JKC';
const SENT_WITHIN_MS = 30_000;

const freezeOf = (page: Page) => page.getByRole('listitem').filter({ hasText: `자산 ${ASSET}` });

async function openFreezeSheet(page: Page) {
  await visit(page, '/status');
  await page.getByRole('button', { name: '보내기 정지' }).click();
  const sheet = page.getByRole('dialog', { name: '보내기를 정지합니다' });
  await sheet.getByLabel('범위').selectOption('자산');
  await sheet.getByLabel('자산', { exact: true }).selectOption(ASSET);
  return sheet;
}

async function lift(page: Page, name: '해제 제안' | '해제 확정') {
  await visit(page, '/status');
  await freezeOf(page).getByRole('button', { name }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name }).click();
  await expect(sheet.getByText('사유를 적어 주십시오.')).toBeVisible();
  await sheet.getByLabel('해제 사유').fill('확인했습니다');
  await sheet.getByRole('button', { name }).click();
  await expect(sheet).toBeHidden();
}

test('what is frozen is not sent until two administrators have lifted it', async ({ page, platform, browserOf }) => {
  const order = await requestedWithdrawal(platform, { asset: ASSET });
  await signIn(page, OPERATORS.finance);
  await openPanel(page, order);
  await approve(page);
  await expect(panelOf(page).getByText('승인했습니다. 추가 승인이 필요합니다.', { exact: true })).toBeVisible();
  const sheet = await openFreezeSheet(page);
  await expect(sheet.getByText(/지금 정지하면 멈추는 출금 \d+건/)).toBeVisible();
  await sheet.getByLabel('정지 사유').fill('금액이 이상합니다');
  // It arrives and its answer gets lost: the freeze that stands says so.
  await page.route(
    /\/api\/trpc\/system\.freeze(\?|$)/,
    async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
  await sheet.getByRole('button', { name: '정지하기' }).click();
  await expect(sheet).toBeHidden();
  await expect(freezeOf(page)).toContainText('금액이 이상합니다');
  await expect(page.getByRole('status').getByText(/보내기 정지 중/)).toBeVisible();
  const notMine = freezeOf(page).getByRole('button', { name: '해제 제안' });
  await expect(notMine).toHaveAccessibleDescription('관리자만 해제할 수 있습니다.');

  const colleague = await browserOf(OPERATORS.financeTwo);
  const panel = await openPanel(colleague, order);
  await approve(colleague);
  await expect(panel.getByText('승인했습니다. 보내기가 정지되어 있습니다.')).toBeVisible();
  await expect(panel.getByText('금액이 이상합니다')).toBeVisible();
  const drill = await openFreezeSheet(colleague);
  await expect(drill.getByRole('link', { name: order.memberId })).toBeVisible();
  expect((await platform.withdrawals.get.query({ id: order.id })).attempts).toEqual([]);

  const admin = await browserOf(OPERATORS.admin);
  await lift(admin, '해제 제안');
  await expect(freezeOf(admin)).toContainText('다른 관리자의 확정이 필요합니다.');
  await expect(freezeOf(admin).getByRole('button', { name: '해제 확정' })).toHaveAccessibleDescription(
    '내가 제안했습니다. 다른 관리자가 확정해야 합니다.',
  );
  await lift(await browserOf(OPERATORS.adminTwo), '해제 확정');
  await expect(freezeOf(admin)).toBeHidden();
  const attempts = async () => (await platform.withdrawals.get.query({ id: order.id })).attempts.length;
  await expect.poll(attempts, { timeout: SENT_WITHIN_MS }).toBe(1);
});

test('the status shows providers, workers and queues; who may not freeze is told so', async ({ page }) => {
  await signIn(page, OPERATORS.auditor);
  await visit(page, '/status');
  await expect(page.getByRole('button', { name: '보내기 정지' })).toHaveAccessibleDescription(
    '재무 또는 관리자만 정지할 수 있습니다.',
  );
  await expect(page.getByRole('table', { name: '작업 처리기' })).toContainText('동작 중');
  await expect(page.getByRole('table', { name: '대기열' })).toContainText('지급 보내기payout.dispatch');
  await expect(page.getByText('마지막으로 읽음').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: '자동 차단' })).toBeVisible();
});
