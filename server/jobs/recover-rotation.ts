import type { JobPayloads } from '#server/kernel/job-queue.ts';
import { type JobContext, WORKER } from './job-context.ts';

/** Whoever changed a wallet's key is gone: a key that was kept is put to use, else the outcome is unknown. */
export const recoverRotation = (
  { keyRotations }: JobContext,
  { rotationId }: JobPayloads['wallet.rotation-recover'],
): Promise<void> => keyRotations.recover(rotationId, WORKER);
