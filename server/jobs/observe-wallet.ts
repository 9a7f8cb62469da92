import type { JobPayloads } from '#server/kernel/job-queue.ts';
import { type JobContext, WORKER } from './job-context.ts';

/** Reads what is on chain in a wallet, then lets the books follow what was seen twice. */
export async function observeWallet(
  { sessions }: JobContext,
  { walletId }: JobPayloads['wallet.observe'],
): Promise<void> {
  const look = await sessions.withoutTransaction(({ walletObserver }) => walletObserver.read(walletId));
  if (look) await sessions.inTransaction(({ walletObserver }) => walletObserver.take(look, WORKER));
}

export const sweepWallets = ({ sessions }: JobContext): Promise<void> =>
  sessions.inTransaction(({ walletObserver }) => walletObserver.sweep());
