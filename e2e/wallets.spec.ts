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

test('two people of finance book what the company pays into a wallet', async ({ page, platform, browserOf }) => {
  const { id, address } = await platform.wallets.create.mutate({ memberId: newMember() });
  const reference = `0x${id.replaceAll('-', '').repeat(2)}`;
  await signIn(page, OPERATORS.finance);
  await visit(page, `/wallets/${id}`);
  await page.getByRole('button', { name: '회사 입금 기록 제안' }).click();
  const sheet = page.getByRole('dialog', { name: '회사 입금 기록을 제안합니다' });
  await sheet.getByRole('button', { name: '회사 입금 기록 제안' }).click();
  await expect(sheet.getByText('하나를 선택하십시오.')).toBeVisible();
  await expect(sheet.getByText(/^번호를 확인하십시오/)).toBeVisible();
  await sheet.getByLabel('자산').selectOption({ label: 'BNB' });
  await sheet.getByRole('textbox', { name: '금액' }).fill('0.05');
  await sheet.getByLabel('거래 해시 또는 입금을 구별하는 번호').fill(reference);
  await sheet.getByLabel('회사가 넣은 사유').fill('전송에 쓸 가스비입니다.');
  await sheet.getByRole('button', { name: '회사 입금 기록 제안' }).click();
  await expect(page.getByText('내가 제안했습니다')).toBeVisible();
  await expect(page.getByRole('main').getByText(reference)).toBeVisible();

  await chain.setBalance({ address: address ?? '', contract: null, amount: '0.05' });
  const other = await browserOf(OPERATORS.financeTwo);
  await visit(other, `/wallets/${id}`);
  await other.getByRole('button', { name: '검토 후 확정' }).click();
  const second = other.getByRole('dialog', { name: '회사 입금을 기록합니다' });
  await expect(second.getByText(reference)).toBeVisible();
  await second.getByLabel('회사가 넣은 사유').fill('체인에서 확인했습니다.');
  await second.getByRole('button', { name: '기록하기' }).click();
  await expect(other.getByRole('main').getByText('회사 자금으로 기록했습니다.')).toBeVisible();
  const [bnb] = await platform.ledger.walletBalances.query({ walletId: id });
  expect(bnb).toMatchObject({ asset: 'BSC:BNB', chain: '0.05', available: '0' });
});
