import { readFile } from 'node:fs/promises';
import { ExportCheck } from '#server/audit/export-check.ts';
import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { awake, visit } from './pages/console.ts';
import { approve, openPanel } from './pages/withdrawals.ts';
import { requestedWithdrawal } from './support/orders.ts';

test('an auditor finds who approved what, and sees that the record is whole', async ({ page, platform, browserOf }) => {
  const order = await requestedWithdrawal(platform);
  await signIn(page, OPERATORS.finance);
  await openPanel(page, order);
  await approve(page);
  await visit(page, '/audit');
  await expect(page.getByText('내가 한 작업과 거부된 시도를 보여 줍니다.')).toBeVisible();
  await expect(page.getByRole('button', { name: '기록 검증' })).toHaveCount(0);

  const auditor = await browserOf(OPERATORS.auditor);
  await visit(auditor, `/audit?q=${order.id}`);
  const record = auditor.getByRole('table', { name: '감사 기록 목록' });
  const row = record.getByRole('row').filter({ hasText: '출금 승인', hasNotText: '거부됨' });
  await expect(row).toContainText(order.memberId);
  await expect(row).toContainText('승인 대기');
  const open = row.getByRole('button', { name: '출금 승인' });
  await awake(open);
  await open.click();
  await expect(auditor.getByRole('dialog')).toContainText(order.id);
  await auditor.getByRole('dialog').getByRole('button', { name: '닫기' }).last().click();

  await auditor.getByLabel('작업', { exact: true }).selectOption('출금 승인');
  await expect(auditor).toHaveURL(/action=withdrawal\.approved/);
  await expect(record.getByRole('rowheader').first()).toContainText('출금 승인');
  await expect(record.getByText('출금 요청')).toHaveCount(0);
  const begun = auditor.waitForEvent('download');
  await auditor.getByRole('button', { name: 'CSV로 내려받기' }).click();
  const table = await readFile(await (await begun).path(), 'utf8');
  expect(table).toMatch(/^\uFEFF시각\(KST\),/);
  expect(table).toContain(order.id);
  await expect(auditor.getByText(/행을 내려받았습니다\.$/)).toBeVisible();
  const signing = auditor.waitForEvent('download');
  await auditor.getByRole('button', { name: '서명된 파일로 내려받기' }).click();
  const signed = await readFile(await (await signing).path(), 'utf8');
  await auditor.getByText('확인에 필요한 공개 키').click();
  const check = new ExportCheck((await auditor.getByText(/^MCow/).textContent()) ?? '');
  for (const line of signed.trimEnd().split('\n')) check.step(line);
  expect(check.end()).toMatchObject({ fault: null, parts: 1 });
  await auditor.setViewportSize({ width: 360, height: 800 });
  const card = await record.getByRole('row').filter({ hasText: '출금 승인' }).first().boundingBox();
  expect(card?.height).toBeLessThan(96);

  await auditor.getByLabel('구분').selectOption('지갑');
  await expect(auditor).toHaveURL(/subject=wallet/);
  await expect(auditor.getByText('조건에 맞는 기록이 없습니다')).toBeVisible();

  await auditor.getByRole('button', { name: '기록 검증' }).click();
  await expect(auditor.getByText(/행 모두 기록된 그대로입니다\.$/)).toBeVisible();
});
