import { expect, type Locator, type Page } from '@playwright/test';
import type { Requested } from '../support/orders.ts';
import { awake, visit } from './console.ts';

export const panelOf = (page: Page): Locator => page.getByRole('complementary', { name: '출금 상세' });
export const rowLink = (page: Page, memberId: string): Locator => page.getByRole('link', { name: memberId });

/** Straight to the panel, as a colleague's link would lead there. */
export async function openPanel(page: Page, { id, memberId }: Pick<Requested, 'id' | 'memberId'>): Promise<Locator> {
  await visit(page, `/withdrawals?id=${id}`);
  const panel = panelOf(page);
  await expect(panel.getByRole('heading', { name: memberId })).toBeVisible();
  await awake(panel.getByRole('button', { name: '닫기' }));
  return panel;
}

/** From the panel to the sheet that repeats what will be approved; nothing is approved yet. */
export async function openApproveSheet(page: Page): Promise<Locator> {
  await panelOf(page).getByRole('button', { name: '승인', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: '이 출금을 승인합니다' });
  await expect(sheet.getByRole('button', { name: '승인하기' })).toBeFocused();
  return sheet;
}

export async function approve(page: Page): Promise<void> {
  const sheet = await openApproveSheet(page);
  // The sheet is out of sight already while the second factor is asked for; only the server says that it was approved.
  const approved = page.waitForResponse((reply) => reply.url().includes('/withdrawals.approve') && reply.ok());
  await sheet.getByRole('button', { name: '승인하기' }).click();
  await approved;
  await expect(sheet).toBeHidden();
}
