import { randomUUID } from 'node:crypto';
import { createClient } from 'countersign/client';
import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { told } from './support/environment.ts';
import { newMember } from './support/orders.ts';

test('a key is shown once, is replaced without a gap, is tied to addresses, and stops working when it is revoked', async ({
  page,
}) => {
  const name = `warehouse ${randomUUID().slice(0, 8)}`;
  await signIn(page, OPERATORS.admin);
  await visit(page, '/settings/api-keys');
  await page.getByRole('button', { name: 'API 키 만들기' }).click();
  const sheet = page.getByRole('dialog', { name: 'API 키를 만듭니다' });
  await sheet.getByRole('button', { name: '만들기' }).click();
  await expect(sheet.getByLabel('이름')).toHaveAccessibleDescription(/이름을 적어 주십시오\./);
  await expect(sheet.getByRole('group', { name: '권한' })).toHaveAccessibleDescription(
    '권한을 하나 이상 선택하십시오.',
  );
  await sheet.getByLabel('이름').fill(name);
  await sheet.getByRole('button', { name: '만들기' }).click();
  await expect(sheet.getByRole('checkbox').first()).toBeFocused();
  await sheet.getByRole('checkbox', { name: '조회' }).check();
  await sheet.getByRole('button', { name: '만들기' }).click();

  const shown = page.getByRole('dialog', { name: 'API 키를 만들었습니다' });
  await expect(shown).toContainText('지금 한 번만 보입니다.');
  const key = (await shown.getByRole('code').textContent()) ?? '';
  await shown.getByRole('button', { name: '보관했습니다' }).click();
  await expect(shown).toBeHidden();
  await page.reload();
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('사용 중');
  expect(await page.content()).not.toContain(key);

  const caller = createClient({ url: told('E2E_BASE_URL'), apiKey: key });
  expect(await caller.ledger.balances.query({ memberId: newMember() })).toEqual([]);
  const beyond = caller.wallets.create.mutate({ memberId: newMember() });
  await expect(beyond).rejects.toMatchObject({ data: { domainCode: 'auth.forbidden' } });

  const row = page.getByRole('row').filter({ hasText: name });
  await row.getByRole('button', { name: '관리' }).click();
  await page.getByRole('dialog', { name }).getByRole('button', { name: '키 교체' }).click();
  const rotates = page.getByRole('dialog', { name: `${name} 키를 교체합니다` });
  await rotates.getByLabel('현재 키 종료 시점').selectOption('1시간 뒤');
  await rotates.getByRole('button', { name: '교체하기' }).click();
  const replaced = page.getByRole('dialog', { name: '새 키를 만들었습니다' });
  const next = createClient({
    url: told('E2E_BASE_URL'),
    apiKey: (await replaced.getByRole('code').textContent()) ?? '',
  });
  await replaced.getByRole('button', { name: '보관했습니다' }).click();
  await expect(row).toContainText('이전 키 종료');
  for (const client of [caller, next]) {
    expect(await client.ledger.balances.query({ memberId: newMember() })).toEqual([]);
  }

  await row.getByRole('button', { name: '관리' }).click();
  const settings = page.getByRole('dialog', { name });
  await settings.getByLabel('허용할 주소 (선택)').fill('여기');
  await settings.getByRole('button', { name: '저장하기' }).click();
  await expect(settings.getByLabel('허용할 주소 (선택)')).toHaveAccessibleDescription(/주소나 주소 대역을/);
  await settings.getByLabel('허용할 주소 (선택)').fill('192.0.2.7');
  await settings.getByRole('button', { name: '저장하기' }).click();
  await expect(row).toContainText('192.0.2.7');
  const elsewhere = next.ledger.balances.query({ memberId: newMember() });
  await expect(elsewhere).rejects.toMatchObject({ data: { domainCode: 'api_key.address_refused' } });
  await page.reload();
  await expect(row).toContainText(/허용하지 않은 주소 .* 거절됨/);

  await row.getByRole('button', { name: '관리' }).click();
  await page.getByRole('dialog', { name }).getByRole('button', { name: '폐기' }).click();
  await page
    .getByRole('dialog', { name: `${name} 키를 폐기합니다` })
    .getByRole('button', { name: '폐기하기' })
    .click();
  await expect(row).toContainText('폐기됨');
  for (const client of [caller, next]) {
    const revoked = client.ledger.balances.query({ memberId: newMember() });
    await expect(revoked).rejects.toMatchObject({ data: { domainCode: 'auth.required' } });
  }
});
