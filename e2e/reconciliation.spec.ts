import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { seenDifference } from './support/differences.ts';

const COMPARED_WITHIN_MS = 30_000;

test('finance explains a difference, which says it to the last digit', async ({ page }) => {
  const reference = await seenDifference();
  await signIn(page, OPERATORS.finance);
  await visit(page, '/reconciliation');
  const line = page.getByRole('table', { name: '풀과 장부의 차이' }).getByRole('row').filter({ hasText: reference });
  await expect(line).toContainText('당사 기록에 없는 내역');
  await expect(line).toContainText('4.250000000000000001');
  await line.getByRole('button', { name: '당사 기록에 없는 내역' }).click();
  const details = page.getByRole('dialog', { name: '차이 상세' });
  const row = details.getByRole('listitem');
  await expect(row).toContainText(reference);
  await expect(row).toContainText('success');
  await expect(details.getByRole('heading', { name: '맞을 수 있는 제공사 기록' })).toBeVisible();
  await details.getByRole('button', { name: '닫기' }).click();
  await line.getByRole('button', { name: '설명' }).click();
  const sheet = page.getByRole('dialog', { name: '차이 설명' });
  await sheet.getByRole('button', { name: '설명 저장' }).click();
  await expect(sheet.getByText('사유를 적어 주십시오.', { exact: true })).toBeVisible();
  await sheet.getByRole('textbox', { name: '사유' }).fill('회사가 직접 매수한 건입니다');
  await sheet.getByRole('button', { name: '설명 저장' }).click();
  await expect(sheet).toBeHidden();
  await expect(line).toBeHidden();
  await page.getByRole('button', { name: '설명됨' }).click();
  await expect(page).toHaveURL(/state=explained/);
  await expect(line).toContainText('회사가 직접 매수한 건입니다');
});

test('a comparison is started by hand, and is over a moment later', async ({ page }) => {
  await signIn(page, OPERATORS.finance);
  await visit(page, '/reconciliation');
  await page.getByRole('button', { name: '지금 비교' }).click();
  await expect(page.getByRole('main').getByText('비교하고 있습니다.', { exact: false })).toBeVisible();
  const newest = page.getByRole('table', { name: '지금까지의 비교' }).getByRole('row').nth(1);
  await expect(newest).toContainText('완료', { timeout: COMPARED_WITHIN_MS });
});

test('an auditor reads it all and changes nothing', async ({ page }) => {
  await seenDifference();
  await signIn(page, OPERATORS.auditor);
  await visit(page, '/reconciliation');
  await expect(page.getByRole('button', { name: '지금 비교' })).toBeDisabled();
  await expect(page.getByRole('button', { name: /^설명:/ }).first()).toBeDisabled();
});
