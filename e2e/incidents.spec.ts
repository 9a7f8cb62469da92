import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { expectNoViolations } from './support/axe.ts';
import { callerOf } from './support/callers.ts';
import { openIncident } from './support/incidents.ts';

test('two people decide an incident; the first changes nothing', async ({ page, browserOf }) => {
  const id = await openIncident();
  await signIn(page, OPERATORS.finance);
  await visit(page, `/exceptions?kind=incident&id=incident.${id}`);
  const panel = page.getByRole('complementary', { name: '사고 상세' });
  await expect(panel.getByRole('heading', { name: '요청과 다른 응답' })).toBeVisible();
  await expect(panel).toContainText('무엇이 실행됐는지 모릅니다.');
  const seen = panel.locator('section').filter({ hasText: '확인된 내용' });
  await expect(seen).toContainText('사유요청과 다른 응답이 왔습니다');
  await expect(seen).toContainText('"answered": "4.2"');
  await expectNoViolations(page);
  await panel.getByRole('button', { name: '확인하고 종결' }).click();
  const sheet = page.getByRole('dialog', { name: '확인하고 종결' });
  await sheet.getByRole('button', { name: '이 결정을 제안하기' }).click();
  await expect(sheet.getByText('확인한 내용을 적어 주십시오.')).toBeVisible();
  await sheet.getByLabel('확인한 내용').fill('제공사가 오류를 인정했습니다.');
  await expectNoViolations(page);
  await sheet.getByRole('button', { name: '이 결정을 제안하기' }).dblclick();
  await expect(panel.getByText('내가 제안했습니다')).toBeVisible();
  const { incidents } = callerOf(OPERATORS.finance);
  expect((await incidents.get.query({ id })).closedAt).toBeNull();

  const colleague = await browserOf(OPERATORS.admin);
  await visit(colleague, `/exceptions?id=incident.${id}`);
  const theirs = colleague.getByRole('complementary', { name: '사고 상세' });
  await expect(theirs.getByText(`${OPERATORS.finance.name} 님이 제안했습니다`)).toBeVisible();
  await theirs.getByRole('button', { name: '검토 후 확정' }).click();
  const confirm = colleague.getByRole('dialog', { name: '확인하고 종결' });
  await confirm.getByLabel('확인한 내용').fill('저도 확인했습니다.');
  await confirm.getByRole('button', { name: '이 결정을 확정하기' }).click();
  await expect(theirs.getByText('두 사람이 결정해 사고를 종결했습니다.')).toBeVisible();
  expect((await incidents.get.query({ id })).closedAt).not.toBeNull();
});
