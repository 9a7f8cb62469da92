import type { JobPayloads } from '#server/kernel/job-queue.ts';
import { type JobContext, WORKER } from './job-context.ts';

/** Looks again at everything that is open and stands under another version, one withdrawal a transaction. */
export async function applyPolicy({ sessions }: JobContext, { version }: JobPayloads['policy.apply']): Promise<void> {
  for (let after: string | null = null; ; ) {
    const page: string[] = await sessions.withoutTransaction(({ policyLapse }) =>
      policyLapse.candidates(version, after),
    );
    for (const id of page) await sessions.inTransaction(({ policyLapse }) => policyLapse.look(id, WORKER));
    after = page.at(-1) ?? null;
    if (after === null) break;
  }
  await sessions.inTransaction(({ policies }) => policies.applied(version));
}
