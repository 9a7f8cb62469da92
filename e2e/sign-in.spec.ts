import { randomUUID } from 'node:crypto';
import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { enterCode, signInByForm } from './pages/sign-in.ts';
import { told } from './support/environment.ts';
import { newMember } from './support/orders.ts';
import { forgetSignInAttempts } from './support/rate-limit.ts';

test.beforeEach(forgetSignInAttempts);

test('a wrong password says nothing about accounts; the right one enters', async ({ page }) => {
  const refusal = page.getByRole('alert').filter({ hasText: '이메일 또는 비밀번호가 맞지 않습니다.' });
  await page.goto('/sign-in');
  await signInByForm(page, { email: 'nobody@e2e.example', password: told('E2E_PASSWORD') });
  await expect(refusal).toBeVisible();
  await signInByForm(page, { email: OPERATORS.support.email, password: 'not the password' });
  await expect(refusal).toBeVisible();
  await expect(page.getByLabel('비밀번호')).toBeFocused();
  await expect(page).toHaveURL(/\/sign-in$/);

  await signInByForm(page, { email: OPERATORS.support.email, password: told('E2E_PASSWORD') });
  await expect(page.getByRole('heading', { name: '현황', level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: OPERATORS.support.name })).toBeVisible();
});

test('signing out ends the session at once, also for whoever kept the cookie', async ({ page, request }) => {
  await page.goto('/sign-in');
  await signInByForm(page, { email: OPERATORS.auditor.email, password: told('E2E_PASSWORD') });
  await expect(page.getByRole('heading', { name: '현황', level: 1 })).toBeVisible();
  const [session] = (await page.context().cookies()).filter(({ name }) => name.includes('session'));
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  const cookie = `${session?.name}=${session?.value}`;
  const me = '/api/trpc/operators.me?input=%7B%7D';
  expect((await request.get(me, { headers: { cookie } })).status()).toBe(200);

  await page.getByRole('button', { name: OPERATORS.auditor.name }).click();
  await page.getByRole('button', { name: '로그아웃' }).click();
  await expect(page.getByRole('heading', { name: '로그인' })).toBeVisible();
  expect((await request.get(me, { headers: { cookie } })).status()).toBe(401);
  await page.goto('/withdrawals');
  await expect(page.getByRole('heading', { name: '로그인' })).toBeVisible();
});

test('a link from a colleague leads through the sign-in to where it points', async ({ page }) => {
  await page.goto('/withdrawals?view=all&asset=LTC');
  await expect(page.getByRole('heading', { name: '로그인' })).toBeVisible();
  await signInByForm(page, { email: OPERATORS.finance.email, password: told('E2E_PASSWORD') });
  await enterCode(page, OPERATORS.finance);
  await expect(page.getByRole('heading', { name: '출금', level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/\/withdrawals\?view=all&asset=LTC$/);
});

test('who is signed in already does not sign in twice, and nobody is led to another site', async ({ page }) => {
  await page.goto('/sign-in?next=https://example.com');
  await signInByForm(page, { email: OPERATORS.support.email, password: told('E2E_PASSWORD') });
  await expect(page.getByRole('heading', { name: '현황', level: 1 })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(told('E2E_BASE_URL'));
});

const CONSOLE_PATHS = [
  '/',
  '/withdrawals',
  '/wallets',
  `/wallets/${randomUUID()}`,
  '/mining',
  '/reconciliation',
  '/settings/api-keys',
  '/settings/me',
  '/settings/team',
];

test('no page of the console is shown to anybody who is not signed in', async ({ request }) => {
  for (const path of CONSOLE_PATHS) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect.soft(answer.status(), path).toBe(307);
    expect.soft(answer.headers()['location'], path).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
  }
});

test('nothing that is sent to a browser names or holds a provider key', async ({ page, platform }) => {
  const { id } = await platform.wallets.create.mutate({ memberId: newMember() });
  const bodies: Promise<{ url: string; text: string }>[] = [];
  page.on('response', (response) => {
    const type = response.headers()['content-type'] ?? '';
    if (!/html|javascript|json|x-component/.test(type)) return;
    bodies.push(
      response.text().then(
        (text) => ({ url: response.url(), text }),
        () => ({ url: response.url(), text: '' }),
      ),
    );
  });
  await signIn(page, OPERATORS.admin);
  for (const path of [...CONSOLE_PATHS, `/wallets/${id}`]) {
    await page.goto(path);
    await expect(page.getByRole('main')).toBeVisible();
  }
  const seen = await Promise.all(bodies);
  expect(seen.filter(({ text }) => text !== '').length).toBeGreaterThan(CONSOLE_PATHS.length);
  const secrets = new RegExp(['wallet_?key', 'x-(hashdam|mblock)-key', told('E2E_API_KEY')].join('|'), 'i');
  expect(seen.filter(({ text }) => secrets.test(text)).map(({ url }) => url)).toEqual([]);
});
