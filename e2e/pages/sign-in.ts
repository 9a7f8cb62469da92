import { expect, type Page } from '@playwright/test';
import { nextCode } from '../../scripts/local/authenticator.ts';
import { told } from '../support/environment.ts';
import { awake } from './console.ts';

export async function signInByForm(page: Page, who: { readonly email: string; readonly password: string }) {
  await awake(page.getByRole('button', { name: '로그인', exact: true }));
  await page.getByLabel('이메일').fill(who.email);
  await page.getByLabel('비밀번호').fill(who.password);
  await page.getByRole('button', { name: '로그인', exact: true }).click();
}

/**
 * The second step with the authenticator app, by the keyboard: the field has the focus. A code that was used for another
 * sign-in is followed by the next one.
 */
export async function enterCode(page: Page, { email }: { readonly email: string }): Promise<void> {
  const title = page.getByRole('heading', { name: '인증 코드 입력' });
  await expect(title).toBeVisible();
  await awake(page.getByRole('button', { name: '확인', exact: true }));
  await expect(async () => {
    if (!(await title.isVisible())) return;
    await expect(page.getByLabel('인증 코드')).toBeFocused();
    await page.keyboard.type(await nextCode(email, told('E2E_TOTP_KEY')));
    await page.keyboard.press('Enter');
    await expect(title).toBeHidden({ timeout: 2_000 });
  }).toPass();
}
