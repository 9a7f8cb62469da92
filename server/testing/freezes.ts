import type { FreezeTarget, FreezeView } from '#server/system/contract.ts';
import type { TestApplication } from './application.ts';
import { operatorOf } from './withdrawals.ts';

/** Frozen by one person of finance. */
export async function frozen(app: TestApplication, target: FreezeTarget): Promise<FreezeView> {
  const { caller } = await operatorOf(app);
  return caller.system.freeze({ ...target, reason: 'something looks wrong' });
}

/** Lifted by two admins, as it takes. */
export async function lifted(app: TestApplication, { id }: { id: string }): Promise<void> {
  for (const name of ['first', 'second']) {
    const { caller } = await operatorOf(app, 'admin', name);
    await caller.system.unfreeze({ id, reason: 'looked at' });
  }
}
