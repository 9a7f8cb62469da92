import { currentCode } from '../scripts/local/authenticator.ts';
import { expect, NEWCOMER, OPERATORS, test } from './fixtures.ts';
import { awake } from './pages/console.ts';
import { signInByForm } from './pages/sign-in.ts';
import { expectNoViolations } from './support/axe.ts';
import { told } from './support/environment.ts';
import { forgetSignInAttempts } from './support/rate-limit.ts';

test.beforeEach(forgetSignInAttempts);

const password = () => told('E2E_PASSWORD');

test('who is new registers an authenticator app first, keeps the recovery codes, and each of those works once', async ({
  page,
  request,
}) => {
  await page.goto('/withdrawals?view=all');
  await signInByForm(page, { email: NEWCOMER.email, password: password() });
  await expect(page.getByRole('heading', { name: '인증 앱 등록' })).toBeVisible();

  // Nothing else is open: neither a page nor the API behind it.
  await page.goto('/status');
  await expect(page.getByRole('heading', { name: '인증 앱 등록' })).toBeVisible();
  const [session] = (await page.context().cookies()).filter(({ name }) => name.includes('session'));
  const cookie = `${session?.name}=${session?.value}`;
  const list = `/api/trpc/system.status?input=%7B%7D`;
  expect((await request.get(list, { headers: { cookie } })).status()).toBe(401);
  await page.goto('/sign-in?next=/withdrawals?view=all');

  const start = page.getByRole('button', { name: '등록 시작' });
  await awake(start);
  await expectNoViolations(page);
  await start.click();
  await expect(page.getByRole('img', { name: '인증 앱 등록용 QR 코드' })).toBeVisible();
  await expectNoViolations(page);
  const key = (await page.locator('code').textContent()) ?? '';
  await page.getByLabel('인증 코드').fill('000000');
  await page.getByRole('button', { name: '확인' }).click();
  await expect(page.getByRole('alert').filter({ hasText: '코드가 맞지 않습니다.' })).toBeVisible();
  await page.getByLabel('인증 코드').fill(currentCode(key));
  await page.getByRole('button', { name: '확인' }).click();

  await expect(page.getByRole('heading', { name: '복구 코드' })).toBeVisible();
  await expectNoViolations(page);
  const codes = await page.getByRole('listitem').allTextContents();
  expect(codes).toHaveLength(10);
  await page.getByRole('button', { name: '보관했습니다. 계속' }).click();
  await expect(page.getByRole('heading', { name: '출금', level: 1 })).toBeVisible();
  // The cookie from before the second factor opens nothing any more.
  expect((await request.get(list, { headers: { cookie } })).status()).toBe(401);

  await page.context().clearCookies();
  await page.goto('/sign-in');
  await signInByForm(page, { email: NEWCOMER.email, password: password() });
  await expect(page.getByRole('heading', { name: '인증 코드 입력' })).toBeVisible();
  await expectNoViolations(page);
  await page.getByRole('button', { name: '복구 코드로 로그인' }).click();
  await page.getByLabel('복구 코드').fill(codes[0] ?? '');
  await page.getByRole('button', { name: '확인' }).click();
  await expect(page.getByRole('heading', { name: '현황', level: 1 })).toBeVisible();

  await page.context().clearCookies();
  await page.goto('/sign-in');
  await signInByForm(page, { email: NEWCOMER.email, password: password() });
  await page.getByRole('button', { name: '복구 코드로 로그인' }).click();
  await page.getByLabel('복구 코드').fill(codes[0] ?? '');
  await page.getByRole('button', { name: '확인' }).click();
  await expect(page.getByRole('alert').filter({ hasText: '코드가 맞지 않습니다.' })).toBeVisible();
  await expect(page.getByLabel('복구 코드')).toBeFocused();
});

test('who went only half the way signs out again', async ({ page }) => {
  await page.goto('/sign-in');
  await signInByForm(page, { email: OPERATORS.adminTwo.email, password: password() });
  await expect(page.getByRole('heading', { name: '인증 코드 입력' })).toBeVisible();
  await page.getByRole('button', { name: '로그아웃' }).click();
  await expect(page.getByRole('heading', { name: '로그인' })).toBeVisible();
});
