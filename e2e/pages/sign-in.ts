import type { Page } from '@playwright/test';
import { awake } from './console.ts';

export async function signInByForm(page: Page, who: { readonly email: string; readonly password: string }) {
  await awake(page.getByRole('button', { name: '로그인' }));
  await page.getByLabel('이메일').fill(who.email);
  await page.getByLabel('비밀번호').fill(who.password);
  await page.getByRole('button', { name: '로그인' }).click();
}
