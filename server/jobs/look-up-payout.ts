import type { JobPayloads } from '#server/kernel/job-queue.ts';
import type { Services } from '#server/services.ts';
import { isSuperseded } from '#server/withdrawals/index.ts';
import { type JobContext, WORKER } from './job-context.ts';
import { takeStock } from './sweep-pool.ts';

/**
 * Asks the provider what became of a payout: a late reply of its sender first, then by its name, and while its outcome is
 * not known also by all that the pool lists. A failed reading proves nothing: it is asked again later.
 */
export async function lookUpPayout(
  context: JobContext,
  { attemptId, at }: JobPayloads['payout.look-up'],
): Promise<void> {
  const { sessions } = context;
  const read = await sessions.withoutTransaction((services) => readAbout(services, attemptId, at));
  if (!read) return;
  const { late, ...about } = read;
  if (late) await sessions.inTransaction(({ lateReplies }) => lateReplies.take(attemptId, late, WORKER));
  const { wallet, unknown, named } = late
    ? await sessions.withoutTransaction((services) => readRest(services, attemptId))
    : about;
  if (wallet) return sessions.inTransaction(({ walletLookUps }) => walletLookUps.take(attemptId, wallet, WORKER));
  const list = unknown?.list ?? null;
  if (unknown && !unknown.isNamed) {
    const isTaken = list !== null && (await takeStock(context, list));
    const look = { attemptId, list, isTaken };
    return sessions.inTransaction(({ unknownPayouts }) => unknownPayouts.conclude(look, WORKER));
  }
  if (!named || named.isNoted) return;
  await sessions.inTransaction(async ({ unknownPayouts, payoutLookUps }) => {
    if (list) await unknownPayouts.note(attemptId, list);
    await payoutLookUps.answer(attemptId, named, WORKER);
  });
}

/** Null for a job that another look has replaced. A late reply first: what else there is to read depends on what it does. */
async function readAbout(services: Services, attemptId: string, at: string | undefined) {
  if (isSuperseded(await services.paying.payoutAttempts.findAttempt(attemptId), at)) return null;
  const late = await services.lateReplies.read(attemptId);
  return late ? { late, ...NOTHING } : { late, ...(await readRest(services, attemptId)) };
}

/** A whole list, where there is one, answers for the name too; that it cannot be read keeps nobody from asking for the name. */
async function readRest({ walletLookUps, unknownPayouts, payoutLookUps, mining }: Services, attemptId: string) {
  const wallet = await walletLookUps.read(attemptId);
  if (wallet) return { ...NOTHING, wallet };
  const unknown = await unknownPayouts.read(attemptId);
  const question = await payoutLookUps.question(attemptId);
  if (!question) return { ...NOTHING, unknown };
  const list = unknown?.list;
  const rows = list ? list.rows : await mining.history(question.query);
  const isNoted = await payoutLookUps.noteUnderWay(attemptId, rows);
  return { ...NOTHING, unknown, named: { rows, begunAt: list?.startedAt ?? question.begunAt, isNoted } };
}

const NOTHING = { wallet: null, unknown: null, named: null };
