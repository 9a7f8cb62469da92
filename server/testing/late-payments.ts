import { WORKER } from '#server/jobs/job-context.ts';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import type { TestApplication } from './application.ts';
import { type Asked, approved, platformOf, shown, submitted, type Wish } from './withdrawals.ts';

export interface InDoubt extends Asked {
  readonly attemptId: string;
  readonly incidentId: string;
}

/** A withdrawal whose one attempt provably did not run, says the pool: its money is free again. */
export async function refused(app: TestApplication, wish: Wish = {}): Promise<Asked & { attemptId: string }> {
  await app.jobs.drain('payout.dispatch');
  const request = await approved(app, wish);
  const message = 'Not found or Unsupported coin symbol';
  app.hashdam.control.fault({ method: 'assetWithdrawRequest', fault: 'rejected', message });
  await app.jobs.drain('payout.dispatch');
  const { attempts } = await shown(app, request);
  return { ...request, attemptId: attempts.at(-1)?.id ?? '' };
}

/** What the books do when such an attempt shows up as paid after all, with the fee the pool took. */
export async function shownLate(
  app: TestApplication,
  request: Asked & { attemptId: string },
  fee = '0.1',
): Promise<InDoubt> {
  const incidentId = await app.container.sessions.inTransaction(async ({ paying, incidents }) => {
    const withdrawal = await paying.withdrawals.lock(request.id);
    const attempt = await paying.payoutAttempts.lockAttempt(request.attemptId);
    const at = await paying.payoutAttempts.databaseNow();
    attempt.lateAt = at;
    attempt.reference = newId();
    withdrawal.hold({ reason: 'late_success', note: '', by: WORKER.id, at });
    const amount = attempt.money();
    const posting = { fee: Amount.parse(attempt.asset, fee) };
    await paying.mover.move(withdrawal, 'late', { by: WORKER, attemptId: attempt.id, amount, posting });
    const about = { withdrawalId: withdrawal.id, attemptId: attempt.id };
    const facts = { kind: 'late_success' as const, subject: attempt.id, provider: attempt.provider, amount, ...about };
    return incidents.open({ ...facts, detail: {} }, WORKER);
  });
  return { ...request, incidentId };
}

export const late = async (app: TestApplication, wish: Wish = {}): Promise<InDoubt> =>
  shownLate(app, await refused(app, wish));

/** The pool has paid it, by its own list. */
export async function completed(app: TestApplication, wish: Wish = {}): Promise<Asked & { attemptId: string }> {
  const sent = await submitted(app, wish);
  await app.jobs.hurry('payout.look-up');
  const { attempts } = await shown(app, sent);
  return { ...sent, attemptId: attempts.at(-1)?.id ?? '' };
}

/** The pool says that it took back what it had shown as paid. */
export async function takenBack(app: TestApplication, of: Asked & { attemptId: string }): Promise<InDoubt> {
  const incidentId = await app.container.sessions.inTransaction(async ({ paying, incidents }) => {
    const attempt = await paying.payoutAttempts.lockAttempt(of.attemptId);
    attempt.takenBackAt = await paying.payoutAttempts.databaseNow();
    const about = { withdrawalId: of.id, attemptId: attempt.id, provider: attempt.provider, amount: attempt.money() };
    return incidents.open({ kind: 'provider_reversed', subject: attempt.id, ...about, detail: {} }, WORKER);
  });
  return { ...of, incidentId };
}

/** The platform says that the member has been paid. */
export async function handedOver(app: TestApplication, { id }: { id: string }, reference: string = newId()) {
  const { caller } = await platformOf(app);
  const paidAt = new Date().toISOString();
  return caller.withdrawals.reportPaid({ id, reference, paidAt, idempotencyKey: newId() });
}
