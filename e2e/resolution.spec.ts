import { randomUUID } from 'node:crypto';
import type { Response } from '@playwright/test';
import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { evidenceOf, openEvidence } from './pages/exceptions.ts';
import { panelOf } from './pages/withdrawals.ts';
import { expectNoViolations } from './support/axe.ts';
import { callerOf } from './support/callers.ts';
import { told } from './support/environment.ts';
import { balanceOf, type Requested } from './support/orders.ts';
import { pool } from './support/simulators.ts';
import { takenFrom } from './support/taken.ts';
import { statusOf, unknownWithdrawal } from './support/unknown.ts';

test.afterEach(() => pool.showList());

const NOTE = '채굴 풀 화면에서 같은 시각과 금액을 확인했습니다.';

/** The document both people look at where no row says it. */
async function attached({ id }: Requested): Promise<string> {
  const finance = callerOf(OPERATORS.finance);
  const { attempts } = await finance.withdrawals.evidence.query({ id });
  const document = { attemptId: attempts[0]?.id ?? '', name: '풀 화면 사본', text: 'https://pool.example/withdrawals' };
  return (await finance.withdrawals.attachEvidence.mutate({ id, ...document })).evidenceId;
}

test('two people link an unknown payout to its row, and choose between twins themselves', async ({
  page,
  platform,
  browserOf,
}) => {
  const order = await unknownWithdrawal(platform, { asset: 'DOGE' });
  const twin = `twin-${randomUUID().slice(0, 8)}`;
  await pool.addRow({ withdrawId: twin, coin: 'DOGE', amount: order.amount, address: order.destination.address });
  await signIn(page, OPERATORS.finance);
  const panel = await openEvidence(page, order);
  await panel.getByRole('heading', { name: order.memberId }).focus();
  await page.keyboard.press('u');
  const links = evidenceOf(page).getByRole('button', { name: /^이 기록과 연결/ });
  await expect(links).toHaveCount(2, { timeout: 30_000 });
  await expect(evidenceOf(page)).toContainText('같은 기록이 2건 있습니다.');
  await expect(panel.getByRole('button', { name: /재시도|재전송|보내기|retry|resend/i })).toHaveCount(0);
  await expectNoViolations(page);

  const taken = takenFrom(page, /withdrawals\.resolve/);
  await links
    .filter({ hasNot: page.getByText(twin) })
    .and(page.getByRole('button', { name: /연결 (?!twin)/ }))
    .click();
  const sheet = page.getByRole('dialog', { name: '지급 확정을 제안합니다' });
  await sheet.getByRole('button', { name: '지급으로 제안하기' }).click();
  await expect(sheet.getByText('확인한 내용을 적어 주십시오.')).toBeVisible();
  await sheet.getByLabel('확인한 내용').fill(NOTE);
  await expectNoViolations(page);
  await sheet.getByRole('button', { name: '지급으로 제안하기' }).dblclick();
  await expect(panel.getByText('제안했습니다. 아직 아무것도 바뀌지 않았으며')).toBeVisible();
  await expect(panel.getByText('내가 제안했습니다')).toBeVisible();
  await expect(panel.getByRole('button', { name: '검토 후 확정' })).toHaveCount(0);
  expect(taken).toHaveLength(1);
  expect(await statusOf(platform, order)).toBe('manual-review');

  const colleague = await browserOf(OPERATORS.financeTwo);
  const theirs = await openEvidence(colleague, order);
  await expect(theirs.getByText(`${OPERATORS.finance.name} 님이 제안했습니다`)).toBeVisible();
  await expect(theirs.getByText(`메모: ${NOTE}`)).toBeVisible();
  await theirs.getByRole('button', { name: '검토 후 확정' }).click();
  const confirm = colleague.getByRole('dialog', { name: '지급으로 확정합니다' });
  await confirm.getByLabel('확인한 내용').fill('다른 사람이 다시 확인했습니다.');
  await confirm.getByRole('button', { name: '지급으로 확정하기' }).click();
  await expect(theirs.getByText('두 사람이 지급으로 확정했습니다.')).toBeVisible();
  await expect(panelOf(page).getByRole('region', { name: '요약' })).toContainText('회사 계정 입금 완료', {
    timeout: 15_000,
  });
  expect(await statusOf(platform, order)).toBe('completed');
  expect(await balanceOf(platform, order)).toMatchObject({ inFlight: '0', payable: order.amount });
});

test('a colleague who proposed something else is named, and nothing of mine is recorded', async ({
  page,
  platform,
}) => {
  const order = await unknownWithdrawal(platform);
  const evidence = [await attached(order)];
  await signIn(page, OPERATORS.finance);
  const panel = await openEvidence(page, order);
  await panel.getByRole('button', { name: '번호로 지급 확정 제안' }).click();
  const sheet = page.getByRole('dialog', { name: '지급 확정을 제안합니다' });
  await sheet.getByLabel('제공사 번호').fill('pool-1');
  await sheet.getByLabel('확인한 내용').fill(NOTE);
  const other = { outcome: 'paid', payAgain: false, reference: 'pool-2', evidence, note: '다른 번호입니다.' } as const;
  await callerOf(OPERATORS.financeTwo).withdrawals.resolve.mutate({ id: order.id, ...other });

  await sheet.getByRole('button', { name: '지급으로 제안하기' }).click();
  await expect(sheet.getByText('동료가 다른 내용으로 제안했습니다.')).toBeVisible();
  await expect(sheet.getByText(`${OPERATORS.financeTwo.name} 님이 제안했습니다`)).toBeVisible();
  await expect(sheet).toContainText('pool-2');
  expect(await statusOf(platform, order)).toBe('manual-review');
  await sheet.getByRole('button', { name: '돌아가기' }).click();
  await expect(panel.getByText(`${OPERATORS.financeTwo.name} 님이 제안했습니다`)).toBeVisible();
});

test('an answer that is lost after the commit leaves the screen saying what the books say', async ({
  page,
  platform,
}) => {
  const order = await unknownWithdrawal(platform);
  await attached(order);
  await signIn(page, OPERATORS.finance);
  const panel = await openEvidence(page, order);
  await page.route('**/api/trpc/withdrawals.resolve*', async (route) => {
    const answer = await route.fetch();
    // What only asks for the second factor arrives.
    if (answer.ok()) await route.abort('connectionreset');
    else await route.fulfill({ response: answer });
  });
  await panel.getByRole('button', { name: '번호로 지급 확정 제안' }).click();
  const sheet = page.getByRole('dialog', { name: '지급 확정을 제안합니다' });
  await sheet.getByLabel('제공사 번호').fill('pool-7');
  await sheet.getByLabel('확인한 내용').fill(NOTE);
  await sheet.getByRole('button', { name: '지급으로 제안하기' }).click();
  await expect(sheet).toBeHidden();
  await expect(panel.getByText('내가 제안했습니다')).toBeVisible();
  const { proposals } = await callerOf(OPERATORS.finance).withdrawals.evidence.query({ id: order.id });
  expect(proposals.map(({ note }) => note)).toEqual([NOTE]);

  await page.goBack();
  await page.goForward();
  await expect(panelOf(page).getByText('내가 제안했습니다')).toBeVisible();
});

test('code that comes later than what it shows takes over the page without a complaint', async ({ page, platform }) => {
  const order = await unknownWithdrawal(platform);
  await signIn(page, OPERATORS.finance);
  const scripts: Response[] = [];
  page.on('response', (response) => response.url().endsWith('.js') && scripts.push(response));
  await openEvidence(page, order);
  const texts = await Promise.all(scripts.map(async (script) => ({ url: script.url(), text: await script.text() })));
  const ofEvidence = texts.filter(({ text }) => text.includes('asked.title'));
  expect(ofEvidence).toHaveLength(1);

  const read = page.waitForResponse((response) => response.url().includes('withdrawals.evidence'));
  await page.route(ofEvidence[0]?.url ?? '', async (route) => {
    await (await read).finished();
    await route.continue();
  });
  await page.reload();
  await expect(evidenceOf(page).getByRole('heading', { name: '요청한 내용' })).toBeVisible();
});

test('axe finds nothing in the sheets about an unknown payout in English', async ({ page, platform }) => {
  const order = await unknownWithdrawal(platform);
  await page.context().addCookies([{ name: 'locale', value: 'en', url: told('E2E_BASE_URL') }]);
  await signIn(page, OPERATORS.finance);
  await visit(page, `/exceptions?id=${order.id}`);
  const panel = page.getByRole('complementary', { name: 'Withdrawal' });
  await expect(panel.getByRole('heading', { name: /^What was requested/ })).toBeVisible();
  await expectNoViolations(page);
  for (const name of ['Settle as paid', 'Attach evidence', 'Escalate']) {
    await panel.getByRole('button', { name, exact: true }).click();
    const sheet = page.getByRole('dialog');
    await sheet.locator('button[type=submit]').click();
    await expect(sheet.getByRole('alert').first()).toBeVisible();
    await expectNoViolations(page);
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
  }
});

test('that it was not paid is said by two people, once the quiet period is over', async ({
  page,
  platform,
  browserOf,
}) => {
  test.setTimeout(180_000);
  const order = await unknownWithdrawal(platform, { ran: false });
  await signIn(page, OPERATORS.finance);
  const panel = await openEvidence(page, order);
  const button = panel.getByRole('button', { name: '미지급 확정 제안' });
  await expect(button).toBeDisabled();
  await expect(button).toHaveAccessibleDescription('미지급으로 확정하기에는 이릅니다. 부족한 조건을 확인하십시오.');
  await expect(evidenceOf(page)).toContainText('기다리는 시간이 지났습니다');
  // Every look at the pool's list is one more reading of it.
  await expect(async () => {
    await panel.getByRole('button', { name: '지금 다시 확인' }).last().click();
    await expect(button).toBeEnabled({ timeout: 4_000 });
  }).toPass({ timeout: 120_000 });

  await button.click();
  const sheet = page.getByRole('dialog', { name: '미지급 확정을 제안합니다' });
  await sheet.getByLabel('확인한 내용').fill(NOTE);
  await sheet.getByRole('button', { name: '미지급으로 제안하기' }).click();
  await expect(sheet.getByText('금액을 어떻게 할지 선택하십시오.')).toBeVisible();
  await sheet.getByLabel('금액을 되돌림').check();
  await expectNoViolations(page);
  await sheet.getByRole('button', { name: '미지급으로 제안하기' }).click();
  await expect(panel.getByText('내가 제안했습니다')).toBeVisible();
  expect(await statusOf(platform, order)).toBe('manual-review');

  const colleague = await browserOf(OPERATORS.financeTwo);
  const theirs = await openEvidence(colleague, order);
  await expect(theirs).toContainText('미지급 · 금액을 사용 가능 잔액으로 되돌림');
  await theirs.getByRole('button', { name: '검토 후 확정' }).click();
  const confirm = colleague.getByRole('dialog', { name: '미지급으로 확정합니다' });
  await confirm.getByLabel('확인한 내용').fill('목록을 다시 읽었습니다.');
  await confirm.getByRole('button', { name: '미지급으로 확정하기' }).click();
  await expect(theirs.getByText('두 사람이 미지급으로 확정했습니다.')).toBeVisible();
  expect(await statusOf(platform, order)).toBe('failed');
  expect(await balanceOf(platform, order)).toMatchObject({ available: order.amount, inFlight: '0' });
  expect(await pool.paid('LTC', order.amount)).toEqual([]);
});
