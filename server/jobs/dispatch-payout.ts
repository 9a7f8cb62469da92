import type { JobPayloads } from '#server/kernel/job-queue.ts';
import { type JobContext, WORKER } from './job-context.ts';

/** An outcome that could not be written is tried again so often, in ever longer steps; then the lease's end decides. */
const RECORD_TRIES = 5;
const RECORD_AGAIN_MS = 250;

/**
 * Sends one approved withdrawal: fence committed, provider called outside any transaction, outcome committed. Dying
 * anywhere in between leaves the fence behind, and `payout.recover` finds it.
 */
export async function dispatchPayout(
  { sessions, worker, providerDeadlineMs, mayLeave }: JobContext,
  { withdrawalId }: JobPayloads['payout.dispatch'],
): Promise<void> {
  const begun = performance.now();
  const sender = { worker, deadlineMs: providerDeadlineMs };
  const order = await sessions.inTransaction(({ payouts }) => payouts.fence(withdrawalId, sender, WORKER));
  if (!order) return;
  const sending = { provider: 'hashdam', asset: order.amount.asset, walletId: null } as const;
  const stop = await sessions.withoutTransaction(({ system }) => system.stopFor(sending));
  const outcome = await sessions.withoutTransaction(({ mining }) =>
    mining.requestWithdrawal({
      ...order,
      beforeFirstByte() {
        if (performance.now() - begun > order.sendWithinMs) throw new Error('send_by has passed; nothing was sent');
        if (stop || !mayLeave(sending)) throw new Error('stopped after the fence; nothing was sent');
      },
    }),
  );
  await persistently(() => sessions.inTransaction(({ payouts }) => payouts.record(order, outcome, WORKER)));
}

async function persistently(write: () => Promise<void>): Promise<void> {
  for (let failed = 0; ; ) {
    try {
      return await write();
    } catch (error) {
      failed += 1;
      if (failed === RECORD_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, RECORD_AGAIN_MS * 2 ** failed));
    }
  }
}
