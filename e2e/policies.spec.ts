import type { Page } from '@playwright/test';
import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { stumble } from './support/stumble.ts';

/** An asset that no other story asks about: stricter than before, so that it holds at once. */
const ASSET = 'SHIC';
const NOTE = 'SHIC 한도를 정합니다';

async function proposeStricterTier(page: Page) {
  await visit(page, '/policies');
  await page.getByRole('button', { name: '변경 제안' }).click();
  const sheet = page.getByRole('dialog', { name: '다른 정책을 제안합니다' });
  await sheet.getByRole('button', { name: '더 엄격한 단계 추가' }).click();
  const tier = sheet.getByRole('group', { name: '3단계' });
  await tier.getByLabel('그중 관리자').fill('1');
  await tier.getByLabel('이 금액부터').fill(`${ASSET}`);
  await expect(sheet.getByText('한 줄에 자산 하나와 금액 하나를 적어 주십시오.')).toBeVisible();
  await tier.getByLabel('이 금액부터').fill(`${ASSET} 0`);
  await expect(sheet.getByRole('list', { name: '바뀌는 내용' })).toContainText(
    `3단계: ${ASSET} 0부터 2명이 승인합니다 (그중 관리자 1명 이상).`,
  );
  await sheet.getByLabel('변경 사유').fill(NOTE);
  await sheet.getByRole('button', { name: '제안하기' }).click();
  await expect(sheet).toBeHidden();
}

test('another policy takes two administrators, who read the same sentences', async ({ page, browserOf }) => {
  await signIn(page, OPERATORS.admin);
  await proposeStricterTier(page);
  await expect(page.getByText('내가 제안했습니다')).toBeVisible();
  await expect(page.getByRole('button', { name: '검토 후 확정' })).toBeHidden();

  const colleague = await browserOf(OPERATORS.adminTwo);
  await visit(colleague, '/policies');
  await expect(colleague.getByText(NOTE)).toBeVisible();
  await colleague.getByRole('button', { name: '검토 후 확정' }).click();
  const sheet = colleague.getByRole('dialog', { name: '변경을 확정합니다' });
  await expect(sheet.getByRole('list', { name: '바뀌는 내용' })).toContainText(`3단계: ${ASSET} 0부터`);
  await sheet.getByLabel('확인한 내용').fill('읽고 확인했습니다');
  await sheet.getByRole('button', { name: '확정하기' }).click();
  await expect(sheet).toBeHidden();
  await expect(colleague.getByRole('article').first()).toContainText(NOTE);
});

test('nothing is proposed while the list of assets cannot be read, and the sheet says so', async ({ page }) => {
  await signIn(page, OPERATORS.admin);
  await stumble(page, 'assets.list');
  await visit(page, '/policies');
  await page.getByRole('button', { name: '변경 제안' }).click();
  const sheet = page.getByRole('dialog', { name: '다른 정책을 제안합니다' });
  await expect(sheet.getByRole('alert')).toContainText('불러오지 못했습니다');
  await expect(sheet.getByRole('button', { name: '제안하기' })).toHaveAccessibleDescription(
    '자산 목록을 불러온 뒤에 할 수 있습니다.',
  );
});
