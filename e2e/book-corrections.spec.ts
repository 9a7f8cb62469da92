import type { Page } from '@playwright/test';
import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { expectNoViolations } from './support/axe.ts';
import { callerOf } from './support/callers.ts';
import { openIncident } from './support/incidents.ts';
import { balanceOf, credit, newMember } from './support/orders.ts';

const NOTE = '같은 정산이 두 번 올라왔습니다.';

async function openCredit(page: Page, memberId: string) {
  await visit(page, `/balances?member=${memberId}`);
  await page.getByRole('button', { name: '적립', exact: true }).click();
  return page.getByRole('dialog', { name: '적립', exact: true });
}

test('two administrators take a credit back; the first changes nothing', async ({ page, platform, browserOf }) => {
  const given = { memberId: newMember(), asset: 'LTC', amount: '0.75' };
  await credit(platform, given);
  await signIn(page, OPERATORS.admin);
  const movement = await openCredit(page, given.memberId);
  await movement.getByRole('button', { name: '적립 취소 제안하기' }).click();
  const sheet = page.getByRole('dialog', { name: '적립 취소를 제안합니다' });
  await expect(sheet.getByLabel('취소할 금액')).toHaveValue('0.75');
  await sheet.getByRole('button', { name: '적립 취소 제안하기' }).click();
  await expect(sheet.getByText('취소 번호를 확인하십시오.', { exact: false })).toBeVisible();
  await expect(sheet.getByText('정정 사유를 적어 주십시오.')).toBeVisible();
  await expectNoViolations(page);
  await sheet.getByLabel('취소 번호').fill('correction-1');
  await sheet.getByLabel('정정 사유').fill(NOTE);
  await sheet.getByRole('button', { name: '적립 취소 제안하기' }).dblclick();
  await expect(movement.getByText('내가 제안했습니다')).toBeVisible();
  await expectNoViolations(page);
  expect(await balanceOf(platform, given)).toMatchObject({ available: '0.75' });

  const other = await browserOf(OPERATORS.adminTwo);
  const theirs = await openCredit(other, given.memberId);
  await theirs.getByRole('button', { name: '검토 후 확정' }).click();
  const confirm = other.getByRole('dialog', { name: '적립을 취소합니다' });
  await expect(confirm).toContainText('correction-1');
  await confirm.getByLabel('정정 사유').fill('저도 확인했습니다.');
  await expectNoViolations(other);
  await confirm.getByRole('button', { name: '적립 취소 확정하기' }).click();
  await expect(theirs.getByText('두 사람이 적립을 취소했습니다.')).toBeVisible();
  await theirs.getByRole('button', { name: '닫기' }).click();
  await expect(other.getByRole('button', { name: /^적립 취소/ })).toBeVisible();
  expect(await balanceOf(platform, given)).toMatchObject({ available: '0' });
});

test('who is no administrator is told why a credit and the books are not theirs to correct', async ({
  page,
  platform,
}) => {
  const given = { memberId: newMember(), asset: 'LTC', amount: '0.75' };
  await credit(platform, given);
  await signIn(page, OPERATORS.finance);
  const movement = await openCredit(page, given.memberId);
  await expect(movement.getByRole('button', { name: '적립 취소 제안하기' })).toHaveAccessibleDescription(
    '관리자 두 사람만 적립을 취소할 수 있습니다.',
  );
  await visit(page, `/exceptions?id=incident.${await openIncident()}`);
  await expect(page.getByRole('button', { name: '장부 정정' })).toHaveAccessibleDescription(
    '관리자 두 사람만 장부를 정정할 수 있습니다.',
  );
});

test('two administrators correct the books about an incident, which stays open', async ({ page, browserOf }) => {
  const id = await openIncident();
  await signIn(page, OPERATORS.admin);
  await visit(page, `/exceptions?id=incident.${id}`);
  const panel = page.getByRole('complementary', { name: '사고 상세' });
  await panel.getByRole('button', { name: '장부 정정' }).click();
  const sheet = page.getByRole('dialog', { name: '장부 정정을 제안합니다' });
  await expect(sheet.getByLabel('자산')).toHaveValue('SHIC');
  await expect(sheet.getByLabel('금액')).toHaveValue('4.25');
  await sheet.getByLabel('차변').selectOption('손실');
  await expect(sheet.getByText('손실: 이 금액만큼 늘어납니다.')).toBeVisible();
  await sheet.getByLabel('대변').selectOption('손실');
  await sheet.getByRole('button', { name: '정정 제안하기' }).click();
  await expect(sheet.getByText('차변과 대변이 같은 계정입니다.')).toBeVisible();
  await expectNoViolations(page);
  await sheet.getByLabel('대변').selectOption('회사 계정');
  await sheet.getByLabel('정정 사유').fill('풀의 명세에 있습니다.');
  await sheet.getByRole('button', { name: '정정 제안하기' }).click();
  await expect(panel.getByText('내가 제안했습니다')).toBeVisible();

  const other = await browserOf(OPERATORS.adminTwo);
  await visit(other, `/exceptions?id=incident.${id}`);
  const theirs = other.getByRole('complementary', { name: '사고 상세' });
  await theirs.getByRole('button', { name: '검토 후 확정' }).click();
  const confirm = other.getByRole('dialog', { name: '장부를 정정합니다' });
  await expect(confirm.getByRole('listitem').filter({ hasText: '회사 계정' })).toContainText('4.25줄어듦');
  await confirm.getByLabel('정정 사유').fill('명세를 확인했습니다.');
  await expectNoViolations(other);
  await confirm.getByRole('button', { name: '정정 확정하기' }).click();
  await expect(theirs.getByText('두 사람이 장부를 정정했습니다.', { exact: false })).toBeVisible();

  const admin = callerOf(OPERATORS.admin);
  expect((await admin.incidents.get.query({ id })).closedAt).toBeNull();
  const { rows } = await admin.ledger.totals.query({});
  expect(rows.find(({ asset }) => asset === 'SHIC')?.company).toBe('-4.25');
});
