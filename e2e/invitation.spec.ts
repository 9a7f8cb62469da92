import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { awake, visit } from './pages/console.ts';
import { signInByForm } from './pages/sign-in.ts';
import { expectNoViolations } from './support/axe.ts';
import { forgetSignInAttempts } from './support/rate-limit.ts';

test.beforeEach(forgetSignInAttempts);

const SOMEBODY = { email: 'invited@e2e.example', password: 'seven rivers and a mill' };

test('an administrator invites somebody, who comes in; disabled, they are out at once', async ({ page, browser }) => {
  await signIn(page, OPERATORS.admin);
  await visit(page, '/settings/team');
  await expectNoViolations(page);
  await page.getByRole('button', { name: '운영자 초대' }).click();
  const sheet = page.getByRole('dialog', { name: '운영자 초대' });
  await sheet.getByLabel('이메일').fill('invited@e2e');
  await sheet.getByRole('button', { name: '초대 링크 만들기' }).click();
  await expect(sheet.getByLabel('이메일')).toHaveAccessibleDescription(/이메일 주소를 확인하십시오\./);
  await sheet.getByLabel('이메일').fill(SOMEBODY.email);
  await expectNoViolations(page);
  await sheet.getByRole('button', { name: '초대 링크 만들기' }).click();
  const shown = page.getByRole('dialog', { name: '초대 링크' });
  const link = (await shown.locator('code').textContent()) ?? '';
  await shown.getByRole('button', { name: '전달했습니다' }).click();
  await expect(page.getByRole('rowheader', { name: SOMEBODY.email })).toBeVisible();

  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(link);
  await theirs.getByLabel('이름').fill('Invited One');
  await theirs.getByLabel('비밀번호').fill(SOMEBODY.password);
  await expectNoViolations(theirs);
  await theirs.getByRole('button', { name: '계정 만들기' }).click();
  await theirs.getByRole('link', { name: '로그인하기' }).click();
  await signInByForm(theirs, SOMEBODY);
  await expect(theirs.getByRole('heading', { name: '현황', level: 1 })).toBeVisible();
  await theirs.goto(link);
  await theirs.reload();
  await expect(theirs.getByRole('alert').filter({ hasText: '만료되었거나 취소된 초대입니다.' })).toBeVisible();

  await page.reload();
  await awake(page.getByRole('main'));
  await page
    .getByRole('row', { name: /Invited One/ })
    .getByRole('button', { name: '관리' })
    .click();
  const managed = page.getByRole('dialog', { name: 'Invited One' });
  await managed.getByLabel('사용 중지').check();
  await managed.getByRole('button', { name: '사용 중지' }).click();
  await expect(managed.getByLabel('사유')).toHaveAccessibleDescription(/사유를 적어 주십시오\./);
  await expectNoViolations(page);
  await managed.getByLabel('사유').fill('퇴사');
  await managed.getByRole('button', { name: '사용 중지' }).click();
  await expect(managed).toBeHidden();
  await expect(page.getByRole('row', { name: /Invited One/ })).toContainText('사용 중지');
  await theirs.goto('/withdrawals');
  await expect(theirs.getByRole('heading', { name: '로그인' })).toBeVisible();
  await theirs.context().close();
});
