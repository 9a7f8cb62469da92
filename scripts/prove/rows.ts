import { reportOf } from '../chaos/report.ts';
import { type RunOptions, runSeed } from '../chaos/run.ts';
import { closeAll } from '../processes/shutdown.ts';
import { MESSAGE_ROWS } from './message-rows.ts';
import { PROOF_ROWS } from './proof-rows.ts';
import { RECORD_ROWS } from './record-rows.ts';
import type { Row } from './row.ts';
import { vendorsBadDay } from './scenarios/bad-day.ts';
import { canaries } from './scenarios/canaries.ts';
import { crossSite } from './scenarios/cross-site.ts';
import { databaseLoss, everyLoss } from './scenarios/database-loss.ts';
import { andInProcess, fuzzedInputs } from './scenarios/fuzzed-inputs.ts';
import { neverALie } from './scenarios/no-lies.ts';
import { oneWinner, twoClicks } from './scenarios/races.ts';
import { boringRestarts } from './scenarios/restarts.ts';
import { routerTricks } from './scenarios/router-tricks.ts';
import { sharedCaches } from './scenarios/shared-caches.ts';
import { fencedSleepers } from './scenarios/sleepers.ts';
import { unknownIsNeverFailed } from './scenarios/unknown.ts';
import { SIGN_IN_ROWS } from './sign-in-rows.ts';
import { type Measured, openStage, type Stage } from './stage.ts';
import { testsProve } from './tests.ts';

const MINUTE_MS = 60_000;

/** A row that is played on the stage: so often in short, so often in full. */
const played = (
  play: (stage: Stage, size: number) => Promise<Measured>,
  size: { short: number; full: number },
  overrides: Readonly<Record<string, string>> = {},
) => ({
  short: (stage: Stage) => play(stage, size.short),
  full: async () => {
    const measured = await play(await openStage('prove', overrides), size.full);
    await closeAll();
    return measured;
  },
});

/** Runs these seeds of the chaos kit; stops at the first that fails, so that it can be looked at. */
async function chaosProves(seeds: number, options: Omit<RunOptions, 'seed' | 'amounts'>): Promise<Measured> {
  const figures: string[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) {
    const run = await runSeed({ ...options, seed, amounts: seed % 2 === 0 ? 'equal' : 'distinct' });
    figures.push(reportOf(run));
    await closeAll();
    if (run.findings.length > 0) return { holds: false, figures };
  }
  return { holds: true, figures };
}

/** Comes last on a stage: what it sends to the console is anything. */
const anyInput = played(fuzzedInputs, { short: 200, full: 200 });

export const ROWS: readonly Row[] = [
  {
    no: 1,
    promise: 'Never two payouts for one withdrawal, never a lost one, whatever dies',
    target: '20 seeds of 1,000 approvals and 200 kills: 0 double, 0 lost, 0 stuck',
    full: () => chaosProves(20, { lastsMs: 10 * MINUTE_MS, approvals: 1_000, kills: 200 }),
  },
  {
    no: 2,
    promise: 'Two clicks are one payout',
    target: '200 withdrawals: 1 winner each, all others typed, paid once',
    ...played(twoClicks, { short: 2, full: 200 }),
  },
  {
    no: 3,
    promise: 'Approve against reject and cancel has one winner',
    target: '200 races: 1 end each, funds freed at most once',
    ...played(oneWinner, { short: 2, full: 200 }),
  },
  {
    no: 4,
    promise: 'The same idempotency key is safe for ever; with another body it is refused',
    target: 'identical replies, 0 new rows, 100 % refused',
    full: () => testsProve('server/trpc/replays.db.test.ts', 'server/database/sql-idempotency.db.test.ts'),
  },
  {
    no: 5,
    promise: 'An unknown result is never called failed',
    target: '100 % wait for people, 0 sent again, 0 refunded, people told within 60 s',
    ...played(unknownIsNeverFailed, { short: 3_000, full: 10 * MINUTE_MS }),
  },
  {
    no: 6,
    promise: 'The books always balance',
    target: '0 breaches each second of a run with 50 kills; a lone leg does not commit',
    full: async () => {
      const guards = await testsProve('server/ledger/guards.db.test.ts', 'server/testing/books.db.test.ts');
      const chaos = await chaosProves(2, { lastsMs: 3 * MINUTE_MS, approvals: 300, kills: 50 });
      return { holds: guards.holds && chaos.holds, figures: [...guards.figures, ...chaos.figures] };
    },
  },
  {
    no: 7,
    promise: 'Money is exact',
    target: '100,000 amounts there and back: 0 digits changed; no number ever',
    full: () =>
      testsProve(
        'server/kernel/amount.db.test.ts',
        'server/kernel/amount.test.ts',
        'server/kernel/money-is-text.test.ts',
      ),
  },
  {
    no: 8,
    promise: 'A withdrawal moves along the drawn graph and nowhere else',
    target:
      '10,000 lives of up to 50 steps beside a small model: 0 differences; every other move refused by the database',
    full: () =>
      testsProve(
        'server/withdrawals/life.db.test.ts',
        'server/withdrawals/moves.test.ts',
        'server/withdrawals/moves.db.test.ts',
        'server/withdrawals/attempt-logs.db.test.ts',
      ),
  },
  {
    no: 9,
    promise: 'A transaction is whole or absent',
    target: 'every statement of every unit of work x 5 faults: before = after, and the caller is told honestly',
    full: () => testsProve('whole-or-absent'),
  },
  {
    no: 10,
    promise: 'Any mix gives the result of one after the other',
    target: '16 clients on 20 accounts for 5 minutes: 0 differences, at most 5 tries, under 0.1 % deadlocks',
    full: () => testsProve('server/ledger/serial.db.test.ts'),
  },
  {
    no: 11,
    promise: 'A restart is boring',
    target: 'SIGTERM: 0 failed requests, exit within 10 s; SIGKILL: ready within 5 s, jobs taken over within 60 s',
    ...played(boringRestarts, { short: 1, full: 100 }),
  },
  {
    no: 12,
    promise: 'A worker that slept past its lease moves nothing',
    target: '200 slept: 100 % fenced, 0 sent twice',
    ...played(fencedSleepers, { short: 1, full: 200 }),
  },
  {
    no: 13,
    promise: 'The loss of the database is survived',
    target: '50 losses, a standby takes over: 0 acknowledged lost, 503 and never 500, ready in 10 s without a restart',
    short: (stage) => databaseLoss(stage, 4),
    full: () => everyLoss(50),
  },
  {
    no: 16,
    promise: "A vendor's bad day does not take the console down",
    target: 'p95 of a list at most 1.5 times the normal one for 10 minutes, 0 failed; shown within 15 s; all ends well',
    // As in production: an answer that is half a minute late holds its worker for all of it.
    ...played(vendorsBadDay, { short: 3_000, full: 10 * MINUTE_MS }, { PROVIDER_DEADLINE_MS: '30000' }),
  },
  {
    no: 17,
    promise: 'The daily figures may be read twice, half or out of order',
    target: 'the same end state as one clean reading, 0 double credits',
    full: () => testsProve('server/mining/replayed-days.db.test.ts'),
  },
  {
    no: 18,
    promise: 'Reconciliation finds every planted difference',
    target: '200 of 200 found, 0 false alarms on 100,000 clean rows, within 60 s, memory flat',
    full: () => testsProve('server/reconciliation/planted-faults.db.test.ts'),
  },
  ...MESSAGE_ROWS,
  {
    no: 21,
    promise: 'Four eyes above the limit, and limits that a race does not break',
    target:
      'every requester, amount around the limit and order of votes: 0 payouts under quorum; 50 requests at once stay under the cap',
    full: () =>
      testsProve(
        'server/policies/four-eyes.db.test.ts',
        'server/policies/policies.db.test.ts',
        'server/policies/policy-simulation.db.test.ts',
        'server/policies/tiers.test.ts',
        'server/policies/loosening.test.ts',
        'server/withdrawals/decisions.db.test.ts',
        'server/withdrawals/one-human.db.test.ts',
        'server/risk/risk-gate.db.test.ts',
      ),
  },
  {
    no: 22,
    promise: 'What was approved is what is paid',
    target:
      'changed before a click, between two votes, before sending: refused; look-alikes and unlisted addresses held',
    full: () =>
      testsProve(
        'server/withdrawals/decisions.db.test.ts',
        'server/withdrawals/payout-fence.db.test.ts',
        'server/withdrawals/corrections.db.test.ts',
        'server/risk/risk-rules.test.ts',
        'server/risk/screenings.db.test.ts',
        'server/risk/allow-list/allow-list.db.test.ts',
        'server/risk/addresses/coin-addresses.test.ts',
        'components/ui/address-text.test.ts',
      ),
  },
  {
    no: 23,
    promise: 'Every procedure x every role is decided on purpose',
    target:
      '100 % of the cells as the table says, 0 procedures without declared access; a disabled admin at every door is played by row 24',
    full: () => testsProve('server/trpc/access.test.ts'),
  },
  {
    no: 24,
    promise: 'Who may do what is never left to the router',
    target:
      'every procedure, as everybody, by every back way: the same answer or none, and not a byte for the anonymous',
    ...played(routerTricks, { short: 1, full: Number.POSITIVE_INFINITY }),
  },
  {
    no: 26,
    promise: 'No input becomes a part of a statement',
    target: '10,000 inputs to each procedure: 0 statements other than ours',
    full: () => testsProve('server/trpc/fuzz.db.test.ts'),
  },
  {
    no: 27,
    promise: 'Cross-site requests do nothing',
    target: 'every change in every way of a foreign page: 100 % refused; no page is framed or runs a script of others',
    ...played(crossSite, { short: 1, full: 1 }),
  },
  ...SIGN_IN_ROWS,
  ...RECORD_ROWS,
  {
    no: 32,
    promise: 'Secrets do not leak',
    target:
      '0 hits in logs, pages, answers, files for browsers and every table; the browser tests hold all they do to it',
    ...played(canaries, { short: 1, full: 1 }),
  },
  {
    no: 34,
    promise: 'Outgoing requests go only where configured',
    target: 'every trick of an address: 0 connections; one door for all that leaves',
    full: () =>
      testsProve(
        'server/provider-transport/one-door-out.test.ts',
        'server/provider-transport/http-post.test.ts',
        'server/messengers/platform-webhook.test.ts',
        'server/notifications/webhook-address.test.ts',
      ),
  },
  {
    no: 35,
    promise: 'Shared caches cannot mix people up',
    target: '10,000 requests of two people through a careless cache: 100 % private, 0 bytes of the other',
    ...played(sharedCaches, { short: 150, full: 10_000 }),
  },
  {
    no: 25,
    promise: 'No input breaks it',
    target: '10,000 inputs to each procedure, 200 over HTTP: 0 x 500, 0 written in part, p99 at most 200 ms',
    short: anyInput.short,
    full: () => andInProcess(anyInput.full),
  },
  {
    no: 36,
    promise: 'Bad dependencies do not get in',
    target: 'exact versions with digests, no install scripts, none of the known holes',
    full: () => testsProve('scripts/supply/supply.test.ts'),
  },
  {
    no: 39,
    promise: 'Whoever works in the console is never shown a lie',
    target:
      '1,000 approvals in a browser while something goes wrong: true within 3 s, never approved before it is, 1 vote',
    full: played(neverALie, { short: 0, full: 1_000 }).full,
  },
  ...PROOF_ROWS,
];
