import type { Page } from '@playwright/test';
import pg from 'pg';
import { nextCode } from '../scripts/local/authenticator.ts';
import { expect, OWNER, test } from './fixtures.ts';
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

async function giveCode(page: Page): Promise<void> {
  const question = page.getByRole('dialog', { name: '본인 확인' });
  await expect(question).toBeVisible();
  await expect(async () => {
    if (!(await question.isVisible())) return;
    await question.getByLabel('인증 코드').fill(await nextCode(OWNER.email, told('E2E_TOTP_KEY')));
    await page.keyboard.press('Enter');
    await expect(question).toBeHidden({ timeout: 2_000 });
  }).toPass();
}

/** As if nobody had touched anything for so long. */
async function lookAway(minutes: number): Promise<void> {
  const client = new pg.Client({ connectionString: told('E2E_DATABASE_URL') });
  await client.connect();
  await client
    .query(
      `update operator_sessions set last_seen_at = now() - make_interval(mins => $1)
       where operator_id = (select id from operators where email = $2)`,
      [minutes, OWNER.email],
    )
    .finally(() => client.end());
}

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
  await page.getByRole('button', { name: '로그아웃' }).click();
  const withPasskey = page.getByRole('button', { name: '패스키로 로그인' });
  await awake(withPasskey);
  await expectNoViolations(page);
  await withPasskey.click();
  await expect(page.getByRole('heading', { name: '현황', level: 1 })).toBeVisible();

  const elsewhere = await (await browser.newContext()).newPage();
  await signInWithCode(elsewhere);
  await visit(page, '/settings/me');
  await page.getByRole('table', { name: '로그인되어 있는 곳' }).getByRole('button', { name: '끝내기' }).click();
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
  const warning = page.getByRole('dialog', { name: '아직 계십니까?' });
  await expect(warning).toBeVisible();
  await expectNoViolations(page);
  await warning.getByRole('button', { name: '로그인 유지' }).click();
  await expect(warning).toBeHidden();
  await page.reload();
  await awake(page.getByRole('main'));
  await expect(warning).toBeHidden();
});
