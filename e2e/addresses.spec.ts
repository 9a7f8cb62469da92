import pg from 'pg';
import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { approve, openPanel } from './pages/withdrawals.ts';
import { told } from './support/environment.ts';
import { requestedWithdrawal } from './support/orders.ts';

/** Nothing of it is paid to what is not listed. */
const LISTED_ONLY = 'BELLS';

test('an address is listed by two people, waits out its cool-down, and is paid after it', async ({
  page,
  platform,
  browserOf,
}) => {
  const unlisted = await requestedWithdrawal(platform, { asset: LISTED_ONLY });
  expect(unlisted.status).toBe('cancelled');
  const label = `회사 계정 ${unlisted.memberId.slice(-6)}`;

  await signIn(page, OPERATORS.finance);
  await visit(page, '/addresses');
  await page.getByRole('button', { name: '주소 등록' }).click();
  const sheet = page.getByRole('dialog', { name: '주소 등록을 제안합니다' });
  await sheet.getByRole('button', { name: '제안하기' }).click();
  await expect(sheet.getByLabel('자산')).toHaveAccessibleDescription('자산을 선택하십시오.');
  await sheet.getByLabel('자산').selectOption(LISTED_ONLY);
  // A coin that shares the version byte takes it too; of another coin it is no address at all.
  await sheet.getByLabel('주소').fill('LT2KVaAy1ppRuxRgrS5RNU3vBsy7RibPeA');
  await sheet.getByLabel('이름').fill(label);
  await expect(sheet.getByText('이 주소는 다른 코인(LTC)의 주소입니다.')).toBeVisible();
  await sheet.getByLabel('주소').fill('DEQU7G2Chw4r1gSKZt2GfKBpGbkbQSwp3S');
  await sheet.getByLabel('이름').focus();
  await expect(sheet.getByText(/DOGE, DINGO도 같은 모양의 주소를 씁니다/)).toBeVisible();
  await sheet.getByLabel('주소').fill(unlisted.destination.address);
  await sheet.getByLabel('사유').fill('채굴 풀 화면에서 확인');
  await sheet.getByRole('button', { name: '제안하기' }).click();
  await expect(page.getByText('제안했습니다. 다른 사람이 확정하면 등록됩니다.').first()).toBeVisible();

  const other = await browserOf(OPERATORS.financeTwo);
  await visit(other, '/addresses');
  await other.getByRole('button', { name: '검토 후 확정' }).click();
  const confirm = other.getByRole('dialog', { name: '주소 등록을 확정합니다' });
  await confirm.getByLabel('사유').fill('계약서와 비교');
  await confirm.getByRole('button', { name: '확정하기' }).click();
  const row = other.getByRole('row').filter({ hasText: label });
  await expect(row).toContainText('대기 시간');
  await expect(row).toContainText(/23시간/);

  const waiting = await requestedWithdrawal(platform, { asset: LISTED_ONLY });
  const panel = await openPanel(page, waiting);
  await expect(panel.getByText('보류 중 · 위험 규칙')).toBeVisible();
  await expect(panel).toContainText(/대기 시간 중, .+부터 적용/);
  await panel.getByRole('button', { name: '보류 해제' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '보류 해제하기' }).click();
  const early = panel.getByRole('button', { name: '승인', exact: true });
  await expect(early).toHaveAttribute('aria-disabled', 'true');
  await expect(early).toHaveAccessibleDescription(/위험 규칙 때문에 승인할 수 없습니다. 허용 주소 목록: 대기 시간 중/);

  await aDayPasses(label);
  await approve(page);
  await expect(panel).toContainText('1명');
  await visit(other, '/addresses');
  await expect(row).toContainText('등록됨');
  await row.getByRole('button', { name: '목록에서 삭제' }).click();
  const remove = other.getByRole('dialog', { name: '주소를 목록에서 삭제합니다' });
  await remove.getByLabel('사유').fill('계정 변경');
  await remove.getByRole('button', { name: '목록에서 삭제하기' }).click();
  await expect(row).toBeHidden();
});

/** What nobody can do to the list but time. */
async function aDayPasses(label: string): Promise<void> {
  const client = new pg.Client({ connectionString: told('E2E_DATABASE_URL') });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    await client.query(
      `update allow_list_entries set added_at = added_at - interval '1 day', active_from = active_from - interval '1 day'
       where label = $1`,
      [label],
    );
  } finally {
    await client.end();
  }
}
