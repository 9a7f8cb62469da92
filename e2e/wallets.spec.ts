import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { newMember } from './support/orders.ts';
import { chain } from './support/simulators.ts';

test('finance creates a wallet and sees its balance on the chain', async ({ page, platform }) => {
  const memberId = newMember();
  await signIn(page, OPERATORS.finance);
  await visit(page, '/wallets');
  await page.getByRole('button', { name: '지갑 만들기' }).click();
  const sheet = page.getByRole('dialog', { name: '지갑을 만듭니다' });
  await sheet.getByRole('button', { name: '만들기' }).click();
  await expect(sheet.getByRole('alert')).toContainText('회원 번호를 확인하십시오.');
  await sheet.getByLabel('회원').fill(memberId);
  await sheet.getByRole('button', { name: '만들기' }).click();

  await expect(page.getByRole('heading', { name: `지갑 · ${memberId}`, level: 1 })).toBeVisible();
  await expect(page.getByText('사용 중', { exact: true })).toBeVisible();
  const { rows } = await platform.wallets.list.query({ filter: { memberId } });
  expect(rows).toHaveLength(1);
  const address = rows[0]?.address ?? '';
  expect(address).toMatch(/^0x[0-9a-fA-F]{40}$/);

  const bnb = page.getByRole('table', { name: '자산별 체인 잔액' }).getByRole('row').filter({ hasText: 'BNB' });
  await expect(bnb).toContainText('0');
  await chain.setBalance({ address, contract: null, amount: '1.250000000000000001' });
  await bnb.getByRole('button', { name: '다시 확인' }).click();
  await expect(bnb).toContainText('1.250000000000000001');
});

test('copying gives the whole address, and the list finds it', async ({ page, platform, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const wallet = await platform.wallets.create.mutate({ memberId: newMember() });
  const address = wallet.address ?? '';
  await signIn(page, OPERATORS.auditor);
  await visit(page, '/wallets');
  await page.getByRole('searchbox', { name: '찾기' }).fill(address);
  await page.keyboard.press('Enter');
  const rows = page.getByRole('table', { name: '지갑 목록' }).getByRole('row');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText(address);
  await rows.nth(1).getByRole('button', { name: '주소 복사' }).click();
  await expect(page.getByRole('status').filter({ hasText: '복사했습니다: 주소' })).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);

  await page.getByRole('link', { name: wallet.memberId }).click();
  await expect(page.getByRole('heading', { name: `지갑 · ${wallet.memberId}`, level: 1 })).toBeVisible();
  await expect(page.getByText('전송 기록이 없습니다')).toBeVisible();
});

test('a copy that fails is said where it was tried', async ({ page, platform }) => {
  const wallet = await platform.wallets.create.mutate({ memberId: newMember() });
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
  });
  await signIn(page, OPERATORS.auditor);
  await visit(page, `/wallets?q=${wallet.address}`);
  const row = page.getByRole('table', { name: '지갑 목록' }).getByRole('row').nth(1);
  await row.getByRole('button', { name: '주소 복사' }).click();
  await expect(row.getByText('복사하지 못했습니다. 직접 선택해 복사하십시오.')).toBeVisible();
});
