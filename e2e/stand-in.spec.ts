import { expect, OPERATORS, signIn, TYPIST, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { expectNoViolations } from './support/axe.ts';

const DAY_MS = 86_400_000;
/** As it is typed, in the zone of the screen. */
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS + 9 * 3_600_000).toISOString().slice(0, 16);

test('somebody hands their approvals to a colleague for the days to come, and an administrator ends it', async ({
  page,
  browserOf,
}) => {
  await signIn(page, OPERATORS.financeTwo);
  await visit(page, '/settings/me');
  await page.getByRole('button', { name: '승인 위임하기' }).click();
  const sheet = page.getByRole('dialog', { name: '승인 위임하기' });
  await sheet.getByRole('button', { name: '위임하기' }).click();
  await expect(sheet.getByText('입력해야 합니다.')).toHaveCount(3);
  const colleague = sheet.getByRole('option', { name: TYPIST.name });
  await sheet.getByLabel('위임받을 동료').selectOption(await colleague.getAttribute('value'));
  await sheet.getByLabel('시작').fill(inDays(1));
  await sheet.getByLabel(/^끝/).fill(inDays(16));
  await sheet.getByLabel('사유').fill('휴가');
  await expectNoViolations(page);
  await sheet.getByRole('button', { name: '위임하기' }).click();
  await expect(sheet.getByText(/최대 14일입니다/)).toBeVisible();
  await sheet.getByLabel(/^끝/).fill(inDays(14));
  await sheet.getByRole('button', { name: '위임하기' }).click();
  await expect(sheet).toBeHidden();
  const row = `${OPERATORS.financeTwo.name} 님 대신 ${TYPIST.name} 님`;
  const mine = page.getByRole('row', { name: row });
  await expect(mine).toContainText('시작 전');
  await expectNoViolations(page);

  const admins = await browserOf(OPERATORS.adminTwo);
  await visit(admins, '/settings/team');
  await expectNoViolations(admins);
  await admins.getByRole('button', { name: `종료: ${row}` }).click();
  const asked = admins.getByRole('dialog', { name: '승인 위임을 종료합니다' });
  await expect(asked.getByText(row)).toBeVisible();
  await expectNoViolations(admins);
  await asked.getByRole('button', { name: '종료' }).click();
  await expect(asked).toBeHidden();
  await expect(admins.getByRole('row', { name: row })).toHaveCount(0);
  await page.reload();
  await expect(mine).toContainText(`${OPERATORS.adminTwo.name} 님이 종료함`);
});
