import { setTimeout as pause } from 'node:timers/promises';
import type { JournalEntry } from '#server/simulators/index.ts';
import type { Cast } from './callers.ts';
import { assetOf, payoutsIn } from './checker.ts';
import { journalOf, readFacts, type WithdrawalFact } from './facts.ts';
import type { World } from './world.ts';

const LOOK_AGAIN_MS = 2_000;
/** Quiet periods of a run are seconds; whoever waits longer waits for something that does not come. */
const PATIENCE_MS = 300_000;
/** That the sender is dead where the product cannot know it, and what an explorer of the chain lists. */
const SHOWN_BY_PEOPLE: ReadonlySet<string> = new Set(['sender_proven', 'document_attached']);

/** What two people agree on; the second one says the very same. */
interface Verdict {
  readonly id: string;
  readonly outcome: 'paid' | 'not_paid';
  readonly reference?: string;
  readonly evidence: string[];
  readonly note: string;
}

/** What a person finds in the vendor's own console: a payment of this sum that no attempt has been tied to. */
function paymentOf({ asset, amount }: WithdrawalFact, journal: readonly JournalEntry[], known: ReadonlySet<string>) {
  return payoutsIn(journal).find(
    (entry) => assetOf(entry) === asset && entry.amount === amount && !known.has(entry.reference),
  );
}

/** The open attempt, once absence proves something. Null when it was settled meanwhile, by evidence that came late. */
async function quietAttempt({ finance: [person] }: Cast, id: string) {
  let missing: readonly string[] = [];
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(LOOK_AGAIN_MS)) {
    const sheet = await person.ask((client) => client.withdrawals.evidence.query({ id }));
    const attempt = sheet.attempts.find(({ status }) => status === 'unknown');
    if (sheet.withdrawal.status !== 'manual-review' || !attempt) return null;
    missing = attempt.quietPeriod?.conditions.filter(({ met }) => !met).map(({ name }) => name) ?? [];
    if (missing.every((name) => SHOWN_BY_PEOPLE.has(name))) return { attempt, isProven: missing.length === 0 };
    await person.call((client) => client.withdrawals.recheck.mutate({ id }));
  }
  throw new Error(`the quiet period of ${id} does not end: ${missing.join(', ')}`);
}

async function attached({ finance: [person] }: Cast, id: string, found: { attemptId: string; text: string }) {
  const document = { id, attemptId: found.attemptId, name: 'what we looked at', text: found.text };
  const { evidenceId } = await person.ask((client) => client.withdrawals.attachEvidence.mutate(document));
  return [evidenceId];
}

async function verdictOn(
  cast: Cast,
  { id }: WithdrawalFact,
  payment: JournalEntry | undefined,
): Promise<Verdict | null> {
  if (payment) {
    const { attempts } = await cast.finance[0].ask((client) => client.withdrawals.evidence.query({ id }));
    const attemptId = attempts.find(({ status }) => status === 'unknown')?.id;
    if (!attemptId) return null;
    const text = `${payment.at} ${payment.amount} ${payment.asset} ${payment.reference}`;
    const evidence = await attached(cast, id, { attemptId, text });
    return { id, outcome: 'paid', reference: payment.reference, evidence, note: "it stands in the vendor's list" };
  }
  const quiet = await quietAttempt(cast, id);
  if (!quiet) return null;
  const { attempt, isProven } = quiet;
  const evidence = isProven
    ? []
    : await attached(cast, id, { attemptId: attempt.id, text: 'its host was shut down, and no list shows it' });
  return { id, outcome: 'not_paid', evidence, note: "it never stood in the vendor's list" };
}

async function settle(cast: Cast, verdict: Verdict): Promise<void> {
  for (const person of cast.finance) await person.call((client) => client.withdrawals.resolve.mutate(verdict));
}

/** Two people of finance settle everything that waits for them. Resolves to how many that were. */
export async function resolveAll(world: World, cast: Cast): Promise<number> {
  const journal = await journalOf(world.vendors);
  const { withdrawals, attempts } = await readFacts(world.databaseUrl(), journal);
  const known = new Set(attempts.map(({ reference }) => reference ?? ''));
  const waiting = withdrawals.filter(({ status }) => status === 'manual-review');
  const cases = waiting.map((withdrawal) => {
    const named = attempts.find((each) => each.withdrawalId === withdrawal.id && each.status === 'unknown')?.reference;
    const payment = named
      ? payoutsIn(journal).find(({ reference }) => reference === named)
      : paymentOf(withdrawal, journal, known);
    if (payment) known.add(payment.reference);
    return { withdrawal, payment };
  });
  await Promise.all(
    cases.map(async ({ withdrawal, payment }) => {
      const verdict = await verdictOn(cast, withdrawal, payment);
      if (verdict) await settle(cast, verdict);
    }),
  );
  return waiting.length;
}
