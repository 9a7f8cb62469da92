import { randomUUID } from 'node:crypto';
import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { expectNoViolations } from './support/axe.ts';

test('a webhook is made, tried, given another secret and revoked; its secret is shown once', async ({ page }) => {
  const name = `warehouse ${randomUUID().slice(0, 8)}`;
  await signIn(page, OPERATORS.admin);
  await visit(page, '/settings/webhooks');
  await page.getByRole('button', { name: '웹훅 만들기' }).click();
  const sheet = page.getByRole('dialog', { name: '웹훅을 만듭니다' });
  await sheet.getByRole('button', { name: '만들기' }).click();
  await expect(sheet.getByLabel('주소')).toHaveAccessibleDescription(/주소를 적어 주십시오\./);
  await expectNoViolations(page);
  await sheet.getByLabel('설명').fill(name);
  await sheet.getByLabel('주소').fill('http://10.0.0.1/hooks');
  await sheet.getByRole('button', { name: '만들기' }).click();
  await expect(sheet.getByRole('alert')).toContainText('이 주소로는 보낼 수 없습니다.');
  // A name that nobody has: nothing can be told there, and the log says so.
  await sheet.getByLabel('주소').fill('https://receiver.invalid/hooks');
  await sheet.getByRole('button', { name: '만들기' }).click();

  const shown = page.getByRole('dialog', { name: '서명 키' });
  await expect(shown).toContainText('지금 한 번만 보입니다.');
  const secret = (await shown.getByRole('code').textContent()) ?? '';
  expect(secret).toMatch(/^whsec_/);
  await shown.getByRole('button', { name: '보관했습니다' }).click();
  await page.reload();
  const row = page.getByRole('row').filter({ hasText: name });
  await expect(row).toContainText('사용 중');
  expect(await page.content()).not.toContain(secret);

  await row.getByRole('button', { name: `관리: ${name}` }).click();
  const dialog = page.getByRole('dialog', { name });
  await dialog.getByRole('button', { name: '시험 보내기' }).click();
  const line = dialog.getByRole('listitem').filter({ hasText: '웹훅 시험' });
  await expect(line).toContainText('1번 시도', { timeout: 20_000 });
  await expect(line).toContainText('전달 중');
  await expectNoViolations(page);

  await dialog.getByRole('button', { name: '서명 키 교체' }).click();
  await expect(shown).toContainText('이전 서명 키로도 24시간 동안 함께 서명합니다.');
  expect(await shown.getByRole('code').textContent()).not.toBe(secret);
  await shown.getByRole('button', { name: '보관했습니다' }).click();
  await expect(dialog).toContainText('이전 서명 키도 함께 서명');

  await dialog.getByRole('button', { name: '폐기', exact: true }).click();
  await expect(dialog).toContainText('되돌릴 수 없습니다.');
  await dialog.getByRole('button', { name: '폐기하기' }).click();
  await expect(dialog).toBeHidden();
  await expect(row).toContainText('폐기됨');
});

test('nobody but an administrator sees the webhooks', async ({ page }) => {
  await signIn(page, OPERATORS.finance);
  await visit(page, '/settings/webhooks');
  await expect(page.getByText('볼 권한이 없습니다')).toBeVisible();
});
