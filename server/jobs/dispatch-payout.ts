import type { JobPayloads } from '#server/kernel/job-queue.ts';
import { stopwatch } from '#server/kernel/stopwatch.ts';
import type { Services } from '#server/services.ts';
import { heldBack, type PayoutOutcome } from '#server/withdrawals/index.ts';
import { type JobContext, WORKER } from './job-context.ts';

/** An outcome that could not be written is tried again so often, in ever longer steps; then the lease's end decides. */
const RECORD_TRIES = 5;
const RECORD_AGAIN_MS = 250;

/**
 * Sends one approved withdrawal: what the provider shows is read, the fence committed, the provider called outside any
 * transaction, the outcome committed. Dying anywhere in between leaves the fence behind, and `payout.recover` finds it.
 */
export async function dispatchPayout(
  { sessions, logger, worker, providerDeadlineMs: deadlineMs, transitDeadlineMs, mayLeave }: JobContext,
  { withdrawalId }: JobPayloads['payout.dispatch'],
): Promise<void> {
  const seen = await sessions.withoutTransaction(({ payoutFence }) => payoutFence.look(withdrawalId));
  if (!seen) return;
  const elapsedMs = stopwatch();
  const sender = { worker, deadlineMs, transitDeadlineMs, mayLeave };
  const order = await sessions.inTransaction(({ payoutFence }) =>
    payoutFence.fence({ withdrawalId, ...seen }, sender, WORKER),
  );
  if (!order) return;
  const sending = { provider: order.provider, asset: order.amount.asset, walletId: order.walletId };
  let mayHaveLeft = false;
  const send = async ({ system, payoutFence, payouts }: Services): Promise<PayoutOutcome> => {
    const stop = (await payoutFence.isTooLate(order.attemptId)) || (await system.stopFor(sending, order.attemptId));
    return payouts.send(order, () => {
      if (elapsedMs() > order.sendWithinMs) throw new Error('send_by has passed; nothing was sent');
      if (stop || !mayLeave(sending)) throw new Error('stopped after the fence; nothing was sent');
      mayHaveLeft = true;
    });
  };
  const startedAt = new Date();
  const outcome = await sessions.withoutTransaction(send).catch((error: unknown) => {
    // No byte leaves before that question was answered: an error of our own until then is no doubt about a payment.
    if (mayHaveLeft) throw error;
    logger.error({ err: error, attemptId: order.attemptId }, 'a payout was not sent: it failed before it left');
    return heldBack(order, startedAt);
  });
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
