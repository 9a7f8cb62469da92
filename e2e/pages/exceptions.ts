import { expect, type Locator, type Page } from '@playwright/test';
import type { Requested } from '../support/orders.ts';
import { awake, visit } from './console.ts';
import { panelOf } from './withdrawals.ts';

export const exceptionRow = (page: Page, { memberId }: Pick<Requested, 'memberId'>): Locator =>
  page.getByRole('table', { name: '예외 목록' }).getByRole('row').filter({ hasText: memberId });

export const evidenceOf = (page: Page): Locator => panelOf(page).getByRole('region', { name: '증거' });

/** Straight to what is known of a payment, with its evidence read. */
export async function openEvidence(page: Page, { id, memberId }: Pick<Requested, 'id' | 'memberId'>): Promise<Locator> {
  await visit(page, `/exceptions?id=${id}`);
  const panel = panelOf(page);
  await expect(panel.getByRole('heading', { name: memberId })).toBeVisible();
  await expect(evidenceOf(page).getByRole('heading', { name: '요청한 내용' })).toBeVisible();
  await awake(panel.getByRole('button', { name: '지금 다시 확인', exact: true }).first());
  return panel;
}
