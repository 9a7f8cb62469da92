import type { Page } from '@playwright/test';
import type { CountersignClient } from 'countersign/client';
import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { expectNoViolations } from './support/axe.ts';
import { newMember } from './support/orders.ts';
import { chain } from './support/simulators.ts';
import { recover, stumble } from './support/stumble.ts';

const created = (platform: CountersignClient) => platform.wallets.create.mutate({ memberId: newMember() });

async function propose(page: Page, id: string): Promise<void> {
  await visit(page, `/wallets/${id}`);
  await page.getByRole('button', { name: '키 교체 제안' }).click();
  const sheet = page.getByRole('dialog', { name: '키 교체를 제안합니다' });
  await expect(sheet.getByText('장부에 이 지갑의 자금이 없습니다.')).toBeVisible();
  await sheet.getByLabel('교체 사유').fill('정기 교체입니다.');
  await sheet.getByRole('button', { name: '키 교체 제안' }).click();
  await expect(page.getByText('내가 제안했습니다')).toBeVisible();
  await expect(page.getByRole('button', { name: '검토 후 확정' })).toHaveCount(0);
}

async function confirm(page: Page, id: string): Promise<void> {
  await visit(page, `/wallets/${id}`);
  await page.getByRole('button', { name: '검토 후 확정' }).click();
  const sheet = page.getByRole('dialog', { name: '키를 교체합니다' });
  await sheet.getByLabel('교체 사유').fill('저도 확인했습니다.');
  await sheet.getByRole('button', { name: '키 교체하기' }).click();
}

test('two administrators change a wallet’s key', async ({ page, platform, browserOf }) => {
  const { id } = await created(platform);
  await signIn(page, OPERATORS.admin);
  await propose(page, id);
  await expectNoViolations(page);
  const other = await browserOf(OPERATORS.adminTwo);
  await confirm(other, id);
  await expect(other.getByRole('main').getByText('키를 교체했습니다.')).toBeVisible();
  await expect(other.getByText('새 키를 보관했고 지금 쓰고 있습니다.')).toBeVisible();
});

test('a lost answer pauses the wallet; a probe says that the old key still works', async ({
  page,
  platform,
  browserOf,
}) => {
  const { id } = await created(platform);
  await signIn(page, OPERATORS.admin);
  await propose(page, id);
  await chain.fault({ method: 'refreshWallet', fault: 'drop_before' });
  const other = await browserOf(OPERATORS.adminTwo);
  await confirm(other, id);
  await expect(other.getByRole('dialog').getByRole('alert')).toBeVisible();
  await other.getByRole('dialog').getByRole('button', { name: '돌아가기' }).click();
  await expect(other.getByText('결과 미확인', { exact: true })).toBeVisible();
  await expect(other.getByText(/기존 키를 아직 쓸 수 있는지 확인되지 않아 지갑 사용을 중지했습니다/)).toBeVisible();
  await expect(other.getByText('사용 중지', { exact: true })).toBeVisible();
  await expect(other.getByRole('button', { name: '키 교체 제안' })).toHaveCount(0);

  await other.getByRole('button', { name: '기존 키 시험' }).click();
  await other.getByRole('dialog').getByRole('button', { name: '시험하기' }).click();
  await expect(other.getByRole('main').getByText('기존 키를 쓸 수 있습니다. 지갑 사용을 재개했습니다.')).toBeVisible();
  await expect(other.getByText('사용 중', { exact: true })).toBeVisible();
});

test('nothing is said of the key or the balances, and nothing is offered, while they cannot be read', async ({
  page,
  platform,
}) => {
  const { id } = await created(platform);
  await signIn(page, OPERATORS.admin);
  await stumble(page, 'wallets.rotation');
  await stumble(page, 'ledger.walletBalances');
  await visit(page, `/wallets/${id}`);
  const failed = page.getByRole('alert').filter({ hasText: '불러오지 못했습니다' });
  const propose = page.getByRole('button', { name: '키 교체 제안' });
  await expect(failed).toBeVisible();
  await expect(page.getByText('키를 교체한 적이 없습니다.')).toHaveCount(0);
  await expect(propose).toHaveCount(0);

  await recover(page, 'wallets.rotation');
  await failed.getByRole('button', { name: '다시 시도' }).click();
  await propose.click();
  const sheet = page.getByRole('dialog', { name: '키 교체를 제안합니다' });
  await expect(sheet.getByRole('alert')).toContainText('불러오지 못했습니다');
  await expect(sheet.getByText('장부에 이 지갑의 자금이 없습니다.')).toHaveCount(0);
  await expect(sheet.getByRole('button', { name: '키 교체 제안' })).toHaveAccessibleDescription(
    '지갑의 잔액을 확인한 뒤에 할 수 있습니다.',
  );
});

test('who is no administrator is told that two of them are needed', async ({ page, platform }) => {
  const { id } = await created(platform);
  await signIn(page, OPERATORS.finance);
  await visit(page, `/wallets/${id}`);
  await expect(page.getByText('관리자 두 사람만 키를 교체할 수 있습니다.')).toBeVisible();
  await expect(page.getByRole('button', { name: '키 교체 제안' })).toHaveCount(0);
});
