import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { visit } from './pages/console.ts';
import { expectNoViolations } from './support/axe.ts';
import { pool } from './support/simulators.ts';

/** Within so long it is on the screen, without anybody's doing. */
const SHOWN_WITHIN_MS = 15_000;

test.afterEach(() => pool.isWell());

test('a provider that fails is on the open screen within fifteen seconds, and so is its return', async ({ page }) => {
  await signIn(page, OPERATORS.finance);
  await visit(page, '/');
  const card = page.getByRole('main').getByRole('listitem').filter({ hasText: 'HashDam' });
  await expect(card).toContainText('정상');
  await pool.fails();
  await expect(card).toContainText('응답 없음', { timeout: SHOWN_WITHIN_MS });
  await expect(card).toContainText('(제공사 서버 오류)');
  await expectNoViolations(page);
  await pool.isWell();
  await expect(card).toContainText('정상', { timeout: SHOWN_WITHIN_MS });
});
