import type { Page } from '@playwright/test';
import pg from 'pg';
import { nextCode } from '../scripts/local/authenticator.ts';
import { BEGINNER, expect, OWNER, signIn, TYPIST, test } from './fixtures.ts';
import { awake, visit } from './pages/console.ts';
import { enterCode, signInByForm } from './pages/sign-in.ts';
import { plugInEmpty } from './support/authenticator.ts';
import { expectNoViolations } from './support/axe.ts';
import { told } from './support/environment.ts';
import { forgetSignInAttempts } from './support/rate-limit.ts';

test.beforeEach(forgetSignInAttempts);

async function signInWithCode(page: Page): Promise<void> {
  await page.goto('/sign-in');
  await signInByForm(page, { email: OWNER.email, password: told('E2E_PASSWORD') });
  await enterCode(page, OWNER);
  await expect(page.getByRole('heading', { name: '현황', level: 1 })).toBeVisible();
}

async function giveCode(page: Page, key = told('E2E_TOTP_KEY'), account = OWNER.email): Promise<void> {
  const question = page.getByRole('dialog', { name: '본인 확인' });
  await expect(question).toBeVisible();
  await expect(async () => {
    if (!(await question.isVisible())) return;
    await question.getByLabel('인증 코드').fill(await nextCode(account, key));
    await page.keyboard.press('Enter');
    await expect(question).toBeHidden({ timeout: 2_000 });
  }).toPass();
}

async function change(text: string, values: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: told('E2E_DATABASE_URL') });
  await client.connect();
  await client.query(text, values).finally(() => client.end());
}
const OF = 'where operator_id = (select id from operators where email = $2)';
/** As if nobody had touched anything for so long. */
const lookAway = (minutes: number) =>
  change(`update operator_sessions set last_seen_at = now() - make_interval(mins => $1) ${OF}`, [minutes, OWNER.email]);
/** As if the sign-in had been so long ago that this is left of it. */
const nearTheEnd = (minutes: number, { email }: { readonly email: string }) =>
  change(`update operator_sessions set expires_at = now() + make_interval(mins => $1) ${OF}`, [minutes, email]);

/** As if the sign-in had been so long ago. */
const signedInAgo = (minutes: number, { email }: { readonly email: string }) =>
  change(`update operator_sessions set created_at = now() - make_interval(mins => $1) ${OF}`, [minutes, email]);

test('a passkey is made, signs in, confirms an action, and is removed; another browser is signed out from here', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  await plugInEmpty(page);
  await signInWithCode(page);
  await visit(page, '/settings/me');
  await expect(page.getByText('등록한 패스키가 없습니다')).toBeVisible();
  await expectNoViolations(page);
  await page.getByRole('button', { name: '패스키 추가' }).click();
  const sheet = page.getByRole('dialog', { name: '패스키 추가' });
  await sheet.getByLabel('이름').fill('노트북');
  await expectNoViolations(page);
  await sheet.getByRole('button', { name: '만들기' }).click();
  await giveCode(page);
  const passkeys = page.getByRole('table', { name: '패스키' });
  await expect(passkeys.getByRole('rowheader', { name: '노트북' })).toBeVisible();

  await page.getByRole('button', { name: OWNER.name }).click();
  await page.getByRole('button', { name: '로그아웃', exact: true }).click();
  const withPasskey = page.getByRole('button', { name: '패스키로 로그인' });
  await awake(withPasskey);
  await expectNoViolations(page);
  await withPasskey.click();
  await expect(page.getByRole('heading', { name: '현황', level: 1 })).toBeVisible();

  const elsewhere = await (await browser.newContext()).newPage();
  await signInWithCode(elsewhere);
  await visit(page, '/settings/me');
  await page.getByRole('table', { name: '로그인되어 있는 곳' }).getByRole('button', { name: '로그아웃' }).click();
  await expect(page.getByRole('table', { name: '로그인되어 있는 곳' }).getByRole('row')).toHaveCount(2);
  await elsewhere.goto('/withdrawals');
  await expect(elsewhere.getByRole('heading', { name: '로그인' })).toBeVisible();
  await elsewhere.context().close();

  await passkeys.getByRole('button', { name: '삭제' }).click();
  const confirmed = page.waitForResponse((response) => response.url().includes('stepUp.confirm'));
  await page.getByRole('dialog').getByRole('button', { name: '삭제' }).click();
  expect((await confirmed).status()).toBe(200);
  await expect(page.getByText('등록한 패스키가 없습니다')).toBeVisible();
});

test('who does nothing is warned before the session ends, and stays with one click', async ({ page }) => {
  await signInWithCode(page);
  await lookAway(719);
  // What lies behind the question is hidden from those who cannot see, so the page itself is not waited for.
  await page.goto('/settings/me');
  const warning = page.getByRole('dialog', { name: '곧 자동으로 로그아웃됩니다' });
  await expect(warning).toBeVisible();
  await expectNoViolations(page);
  await warning.getByRole('button', { name: '로그인 유지' }).click();
  await expect(warning).toBeHidden();
  await page.reload();
  await awake(page.getByRole('main'));
  await expect(warning).toBeHidden();
});

test('whose sign-in is about to end is told in time, and keeps what was typed', async ({ page }) => {
  await signIn(page, TYPIST);
  await visit(page, '/balances');
  await page.getByRole('searchbox').first().fill('member-1');
  await nearTheEnd(5, TYPIST);
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
  const warning = page.getByRole('dialog', { name: '로그인이 곧 만료됩니다' });
  await expect(warning).toContainText('5분 뒤에 만료되므로');
  await expectNoViolations(page);
  await expect(warning.getByRole('link', { name: '새 창에서 다시 로그인' })).toHaveAttribute('href', '/sign-in');
  await warning.getByRole('button', { name: '나중에' }).click();
  await expect(warning).toBeHidden();
  await expect(page.getByRole('searchbox').first()).toHaveValue('member-1');
  await nearTheEnd(600, TYPIST);
});

test('who needs no second factor registers one with the password, gets other recovery codes, changes the password, and sees the sign-ins', async ({
  page,
}) => {
  await page.goto('/sign-in');
  await signInByForm(page, { email: BEGINNER.email, password: told('E2E_PASSWORD') });
  await expect(page.getByRole('heading', { name: '현황', level: 1 })).toBeVisible();
  await visit(page, '/settings/me');
  await expect(page.getByText('비밀번호를 바꾸려면 먼저 인증 앱을 등록하십시오.')).toBeVisible();

  await page.getByRole('button', { name: '인증 앱 등록' }).click();
  const sheet = page.getByRole('dialog', { name: '인증 앱 등록' });
  await signedInAgo(11, BEGINNER);
  await sheet.getByRole('button', { name: '등록 시작' }).click();
  await sheet.getByLabel('비밀번호').fill('not the password');
  await expectNoViolations(page);
  await sheet.getByRole('button', { name: '등록 시작' }).click();
  await expect(sheet.getByText('비밀번호가 맞지 않습니다')).toBeVisible();
  await sheet.getByLabel('비밀번호').fill(told('E2E_PASSWORD'));
  await sheet.getByRole('button', { name: '등록 시작' }).click();
  const key = (await sheet.locator('code').textContent()) ?? '';
  await expectNoViolations(page);
  await sheet.getByLabel('인증 코드').fill(await nextCode(BEGINNER.email, key));
  await sheet.getByRole('button', { name: '확인' }).click();
  await expect(sheet.getByRole('listitem')).toHaveCount(10);
  const [first] = await sheet.getByRole('listitem').allTextContents();
  await sheet.getByRole('button', { name: '보관했습니다. 계속' }).click();
  await expect(page.getByText('남은 복구 코드는 10개입니다.')).toBeVisible();

  await page.getByRole('button', { name: '복구 코드 새로 받기' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '새로 받기' }).click();
  await giveCode(page, key, BEGINNER.email);
  const renewed = page.getByRole('dialog', { name: '복구 코드 새로 받기' });
  await expect(renewed.getByRole('listitem')).toHaveCount(10);
  expect(await renewed.getByRole('listitem').allTextContents()).not.toContain(first);
  await renewed.getByRole('button', { name: '보관했습니다. 계속' }).click();

  await page.getByRole('button', { name: '비밀번호 변경' }).click();
  const change = page.getByRole('dialog', { name: '비밀번호 변경' });
  await change.getByLabel('현재 비밀번호').fill(told('E2E_PASSWORD'));
  await change.getByLabel('새 비밀번호').fill('seven purple windmills');
  await change.getByRole('button', { name: '변경', exact: true }).click();
  await giveCode(page, key, BEGINNER.email);
  await expect(change).toBeHidden();

  const history = page.getByRole('table', { name: '로그인 기록' }).getByRole('row');
  await expect(history.nth(1)).toContainText('비밀번호 오류');
  await expect(history.nth(2)).toContainText('비밀번호로 로그인');
  await expectNoViolations(page);
});
