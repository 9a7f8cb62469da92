import type { Mutant } from './mutant.ts';
import { RECORD } from './record-mutants.ts';

const W = 'server/withdrawals';
const MONEY_STATE: readonly Mutant[] = [
  {
    bug: 'a withdrawal is read without its lock',
    file: `${W}/withdrawal.repository.ts`,
    find: ' for update) w`',
    replace: ') w`',
    tests: [`${W}/concurrency.db.test.ts`],
  },
  {
    bug: 'a payout is fenced although an attempt is open',
    file: `${W}/payout-fence.ts`,
    find: ' && !attempts.some((attempt) => OPEN.includes(attempt.status))',
    replace: '',
    tests: [`${W}/payout-fence.db.test.ts`],
  },
  {
    bug: 'what was approved is not compared with what is sent',
    file: `${W}/payout-fence.ts`,
    find: 'withdrawal.currentDigest() !== withdrawal.digest || standing.votesForOther > 0',
    replace: 'standing.votesForOther < 0',
    tests: [`${W}/payout-fence.db.test.ts`],
  },
  {
    bug: 'a vote counts although its voter lost the right',
    file: `${W}/payout-fence.ts`,
    find: "if (!isMet(needs, votesOf(standing.groups))) return 'approver_lost_right';",
    replace: 'if (needs === null) return null;',
    tests: [`${W}/payout-fence.db.test.ts`],
  },
  {
    bug: 'an approval never gets too old',
    file: `${W}/payout-fence.ts`,
    find: 'withdrawal.validUntil && standing.now >= withdrawal.validUntil',
    replace: 'withdrawal.validUntil && standing.now < new Date(0)',
    tests: [`${W}/payout-fence.db.test.ts`],
  },
  {
    bug: 'a payout goes to an account that is not the approved one any more',
    file: `${W}/mining-rail.ts`,
    find: "=== destinationAddress ? null : 'destination_changed'",
    replace: '=== destinationAddress ? null : null',
    tests: [`${W}/payout-fence.db.test.ts`],
  },
  {
    bug: 'an unknown outcome counts as not executed',
    file: `${W}/payout.service.ts`,
    find: "else if (outcome.kind === 'unknown') await this.#unknown(turn, outcome);",
    replace:
      "else if (outcome.kind === 'unknown') await this.#notExecuted(turn, { ...outcome, kind: 'rejected', retry: 'again' });",
    tests: [`${W}/payout-unknown.db.test.ts`],
  },
  {
    bug: 'a reply after the lease moves the attempt',
    file: `${W}/payout.service.ts`,
    find: "const late = attempt.status !== 'dispatching';",
    replace: 'const late = false;',
    tests: [`${W}/payout-unknown.db.test.ts`],
  },
  {
    bug: 'a name that another payment has is taken',
    file: `${W}/payout.service.ts`,
    find: 'if (await this.#payoutAttempts.referenceUsed(attempt, name.reference)) {',
    replace: "if (name.reference === '') {",
    tests: [`${W}/payout-unknown.db.test.ts`, `${W}/payout-accepted.db.test.ts`],
  },
  {
    bug: 'a sender is taken for lost before its lease is over',
    file: `${W}/payout.service.ts`,
    find: 'if (now < attempt.leaseUntil) {',
    replace: 'if (now < new Date(0)) {',
    tests: [`${W}/payout-unknown.db.test.ts`],
  },
  {
    bug: 'a sixth try is made',
    file: `${W}/payout-policy.ts`,
    find: 'export const ATTEMPTS_MAX = 5;',
    replace: 'export const ATTEMPTS_MAX = 6;',
    tests: [`${W}/payout-unreachable.db.test.ts`],
  },
  {
    bug: 'a failure at the pool is believed at once',
    file: `${W}/payout-policy.ts`,
    find: 'export const FAILURE_CONFIRMED_AFTER_MS = 30_000;',
    replace: 'export const FAILURE_CONFIRMED_AFTER_MS = -1;',
    tests: [`${W}/payout-accepted.db.test.ts`],
  },
  {
    bug: 'a change of status leaves no audit row',
    file: `${W}/withdrawal-mover.ts`,
    find: 'this.#audit.record({',
    replace: 'Object.freeze({',
    tests: [`${W}/decisions.db.test.ts`, `${W}/withdrawal-flow.db.test.ts`],
  },
  {
    bug: 'a rejected withdrawal keeps its money',
    file: `${W}/withdrawal-moves.ts`,
    find: "['W5', 'reject', BEFORE_SENDING, 'rejected', ['RELEASE'],",
    replace: "['W5', 'reject', BEFORE_SENDING, 'rejected', [],",
    tests: [`${W}/moves.test.ts`],
  },
  {
    bug: 'an old sheet approves the new revision',
    file: `${W}/withdrawal.entity.ts`,
    find: 'withdrawal.revision += 1;',
    replace: 'withdrawal.revision += 0;',
    tests: [`${W}/payout-fence.db.test.ts`],
  },
  {
    bug: 'people approve what they requested',
    file: `${W}/decisions.ts`,
    find: 'askers.includes(id) || editedBy === id;',
    replace: 'editedBy === id;',
    tests: [`${W}/decisions.db.test.ts`],
  },
  {
    bug: 'one person votes twice',
    file: `${W}/decisions.ts`,
    find: "if (withdrawal.voters.includes(actor.id)) return 'withdrawal.duplicate_vote';",
    replace: '',
    tests: [`${W}/decisions.db.test.ts`],
  },
];

const TRANSPORT: readonly Mutant[] = [
  {
    bug: 'a connection lost after the first byte is tried again',
    file: 'server/provider-transport/transport-verdicts.ts',
    find: "const CONNECTION_LOST = unknown('connection_lost');",
    replace: "const CONNECTION_LOST = tryAgain('connection_lost');",
    tests: ['server/provider-transport', `${W}/payout-unknown.db.test.ts`],
  },
  {
    bug: 'a reply that never came is tried again',
    file: 'server/provider-transport/transport-verdicts.ts',
    find: "unknown('no_reply_in_time')",
    replace: "tryAgain('no_reply_in_time')",
    tests: ['server/provider-transport', 'server/hashdam'],
  },
  {
    bug: 'an error of a gateway is tried again',
    file: 'server/provider-transport/http-verdicts.ts',
    find: "unknown('http_server_error')",
    replace: "tryAgainAfter('http_server_error', 0)",
    tests: ['server/provider-transport', 'server/hashdam'],
  },
  {
    bug: 'a reply about another amount is taken for ours',
    file: 'server/hashdam/hashdam-client.ts',
    find: 'return echo === null || sameDecimal(echo, asked) ?',
    replace: 'return echo === null || asked.length > 0 ?',
    tests: ['server/hashdam'],
  },
  {
    bug: 'sent without a receipt counts as refused',
    file: 'server/mblock/refusals.ts',
    find: "verdict: unknown('sent_without_receipt')",
    replace: "verdict: final('sent_without_receipt')",
    tests: ['server/mblock'],
  },
  {
    bug: 'a provider may be called while a transaction is open',
    file: 'server/database/session-manager.ts',
    find: 'if (openTransaction.getStore()) {',
    replace: 'if (Number.isNaN(0) && openTransaction.getStore()) {',
    tests: ['server/database', 'server/hashdam'],
  },
];

const BOOKS_AND_PEOPLE: readonly Mutant[] = [
  {
    bug: 'amounts of two assets are equal',
    file: 'server/kernel/amount.ts',
    find: 'return this.asset === other.asset && this.units === other.units;',
    replace: 'return this.units === other.units;',
    tests: ['server/kernel'],
  },
  {
    bug: 'digits past the eighteenth are cut off',
    file: 'server/kernel/amount.ts',
    find: 'if (significant.length > LEDGER_SCALE) throw',
    replace: 'if (significant.length > 99) throw',
    tests: ['server/kernel'],
  },
  {
    bug: 'the pool fee is booked twice',
    file: 'server/ledger/postings.ts',
    find: 'credit(POOL, reached.plus(fee))',
    replace: 'credit(POOL, reached.plus(fee).plus(fee))',
    tests: ['server/ledger/postings.test.ts'],
  },
  {
    bug: 'a payment to the company ends its debt to the member',
    file: 'server/ledger/postings.ts',
    find: "return [...move(parts.amount, owner(parts, 'in_flight'), payee(parts, 'payable')), ...fromPool(parts)];",
    replace:
      "return [...move(parts.amount, owner(parts, 'in_flight'), payee(parts, 'available')), ...fromPool(parts)];",
    tests: ['server/ledger/postings.test.ts'],
  },
  {
    bug: 'a key with another body gets the first reply',
    file: 'server/database/sql-idempotency.ts',
    find: 'if (kept?.body_hash !== hash) {',
    replace: 'if (!kept) {',
    tests: ['server/database', 'server/trpc/http.db.test.ts', `${W}/withdrawal-flow.db.test.ts`],
  },
  {
    bug: 'one person is both people',
    file: 'server/dual-control/dual-control.ts',
    find: 'if (open.proposedBy !== by.id) return',
    replace: 'if (open.proposedBy) return',
    tests: ['server/dual-control'],
  },
  {
    bug: 'a sealed key opens in another wallet',
    file: 'server/wallets/wallet-key-cipher.ts',
    find: '      .setAAD(Buffer.from(walletId))\n      .setAuthTag',
    replace: "      .setAAD(Buffer.from(''))\n      .setAuthTag",
    tests: ['server/wallets'],
  },
  {
    bug: 'a wallet whose new key may be lost goes on being used',
    file: 'server/wallets/key-rotation-ends.ts',
    find: "status: 'paused', pauseReason: 'key_rotation',",
    replace: "status: 'active', pauseReason: null,",
    tests: ['server/wallets/key-rotation.db.test.ts'],
  },
  {
    bug: 'people are not shown what needs them',
    file: 'server/notifications/announcer.ts',
    find: 'if (rule.console && !said.repeated) this.#show({ id, at, severity });',
    replace: '',
    tests: ['server/notifications'],
  },
];

const RULES: readonly Mutant[] = [
  {
    bug: 'a rule that asks for less holds at once',
    file: 'server/policies/policy.service.ts',
    find: '(loosens ? LOOSENING_WAITS_MS : 0)',
    replace: '(loosens ? 0 : 0)',
    tests: ['server/policies/policies.db.test.ts'],
  },
  {
    bug: 'requests at once do not see each other before a rule of risk',
    file: 'server/risk/risk-history.ts',
    find: 'select pg_advisory_xact_lock(hashtextextended(?, 0))',
    replace: 'select hashtextextended(?, 0)',
    tests: ['server/risk/risk-gate.db.test.ts'],
  },
  {
    bug: 'a rule of risk says nothing about a vote',
    file: `${W}/withdrawal.service.ts`,
    find: 'await this.#risk.assessVote(withdrawal, subjectOf({ ...withdrawal, amount: withdrawal.money() }, by), by);',
    replace: '',
    tests: ['server/risk'],
  },
  {
    bug: 'a rule of risk that was answered for one amount counts for another',
    file: `${W}/withdrawal-corrections.ts`,
    find: 'await this.#screening.begin(withdrawal, findings);',
    replace: '',
    tests: ['server/risk/screenings.db.test.ts'],
  },
  {
    bug: 'a rule asks for more people than there are, and nobody is told',
    file: `${W}/voter-shortages.ts`,
    find: 'if (couldMeet(needs, NONE_YET, { people, delegations })) return;',
    replace: 'if (people.length >= 0) return;',
    tests: [`${W}/voter-shortages.db.test.ts`],
  },
];

/** What the suites must catch, one bug at a time. */
export const MUTANTS: readonly Mutant[] = [...MONEY_STATE, ...TRANSPORT, ...BOOKS_AND_PEOPLE, ...RULES, ...RECORD];
