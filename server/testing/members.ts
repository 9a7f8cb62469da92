import { newId } from '#server/kernel/ids.ts';
import type { TestApplication } from './application.ts';

/** Another member each time, so that tests of one file do not meet. */
export const aMember = (): string => `member-${newId()}`;

/** Gives a member coins, as the platform's settlement would. */
export async function credited(
  app: TestApplication,
  { memberId, asset, amount }: { memberId: string; asset: string; amount: string },
): Promise<void> {
  const { caller } = await app.withKey('credit');
  await caller.ledger.credit({ memberId, asset, amount, reference: newId(), idempotencyKey: newId() });
}

/** A withdrawal the platform asked for, of a member who has twice as much as asked. */
export async function requested(
  app: TestApplication,
  { memberId = aMember(), asset = 'LTC', amount = '0.5', funds = '100' } = {},
) {
  await credited(app, { memberId, asset, amount: funds });
  const { caller } = await app.withKey('withdraw', 'read');
  return caller.withdrawals.request({ memberId, asset, amount, idempotencyKey: newId() });
}
