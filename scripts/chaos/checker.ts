import type { JournalEntry } from '#server/simulators/index.ts';
import { WITHDRAWAL_MOVES, type WithdrawalMove } from '#server/withdrawals/withdrawal-moves.ts';
import type { AttemptFact, AuditFact, Facts, WithdrawalFact } from './facts.ts';
import type { Promised } from './load.ts';

/** One thing that is not as promised, in a line for people. */
export type Finding = string;

const PAYOUT_METHODS = ['assetWithdrawRequest', 'transferByWalletKey', 'transitByWalletKey'];
/** Two rows of the machine take these back, and an audit row does not say which of them it was. */
const AMBIGUOUS = ['UNSETTLE', 'UNLATE'];
/** What the chain itself took for a payment, told with the row that proved it. */
const ASIDE = ['GAS'];

/** What the state machine books with the move that an audit row tells of. */
function postingsOf({ row, action, from, to, writtenOff }: AuditFact): readonly string[] {
  const isIt = (move: WithdrawalMove) =>
    move.row === row && move.action === action && (move.to === 'same' ? from === to : move.to === to);
  if (writtenOff) return [];
  const comesFrom = ({ from: known }: WithdrawalMove) => known.some((status) => status === from) || from === null;
  return WITHDRAWAL_MOVES.find((move) => isIt(move) && comesFrom(move))?.postings ?? [];
}

const comparable = (kinds: readonly string[]): string[] =>
  kinds.filter((kind) => !AMBIGUOUS.includes(kind) && !ASIDE.includes(kind)).sort();

/** The product's name of what a vendor moved: its own coins by symbol, what lives on the chain behind `BSC:`. */
export const assetOf = ({ provider, asset }: JournalEntry): string =>
  provider === 'mblock' ? `BSC:${asset}` : `${asset}`;
const sumKey = (asset: string, amount: string): string => `${amount} ${asset}`;

export const payoutsIn = (journal: readonly JournalEntry[]): readonly JournalEntry[] =>
  journal.filter(({ step, method }) => step === 'executed' && PAYOUT_METHODS.includes(method));

export function tally<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

/**
 * Vendors take no reference of ours, so payments are told apart by coin and amount. Of each pair there must be at least as
 * many payments as withdrawals that count as paid, and at most so many more as wait for people.
 */
export function unpaidOrPaidTwice({ journal, withdrawals }: Facts): Finding[] {
  const key = ({ asset, amount }: WithdrawalFact) => sumKey(asset, amount);
  const paid = tally(
    withdrawals.filter(({ status }) => status === 'completed'),
    key,
  );
  const open = tally(
    withdrawals.filter(({ status }) => status === 'manual-review'),
    key,
  );
  const executed = tally(payoutsIn(journal), (entry) => sumKey(assetOf(entry), entry.amount ?? ''));
  return [...new Set([...paid.keys(), ...executed.keys()])].flatMap((sum) => {
    const [done, least] = [executed.get(sum) ?? 0, paid.get(sum) ?? 0];
    const most = least + (open.get(sum) ?? 0);
    if (done > most) return [`double: ${sum} was paid ${done} times, ${most} payments are accounted for`];
    return done < least ? [`lost: ${sum} counts as paid ${least} times, the vendor did it ${done} times`] : [];
  });
}

/** What counts as confirmed is one payment of the vendor's, under that name, over that sum. */
export function unprovenReferences({ journal, attempts }: Facts): Finding[] {
  const payments = new Map(payoutsIn(journal).map((entry) => [entry.reference, entry]));
  const fits = (attempt: AttemptFact): boolean => {
    const entry = payments.get(attempt.reference ?? '');
    return entry !== undefined && sumKey(assetOf(entry), entry.amount ?? '') === sumKey(attempt.asset, attempt.amount);
  };
  const confirmed = attempts.filter(({ status, reference }) => status === 'confirmed' && reference !== null);
  const shared = [...tally(confirmed, ({ reference }) => `${reference}`)].filter(([, times]) => times > 1);
  return [
    ...confirmed.filter((attempt) => !fits(attempt)).map(({ id }) => `lost: attempt ${id} is confirmed by no payment`),
    ...shared.map(([reference, times]) => `double: payment ${reference} stands for ${times} attempts`),
  ];
}

/** A row of the audit for every change, telling the whole way from nothing to the status of today. */
export function gapsInAudit({ withdrawals, audit, postings, votes }: Facts): Finding[] {
  const rowsOf = Map.groupBy(audit, ({ withdrawalId }) => withdrawalId);
  const bookedOf = Map.groupBy(postings, ({ withdrawalId }) => withdrawalId);
  const votesOf = tally(votes, ({ withdrawalId }) => withdrawalId);
  return withdrawals.flatMap(({ id, status }) => {
    const moves = (rowsOf.get(id) ?? []).filter(({ to }) => to !== null);
    const way = moves.map(({ from }, at) => from === (at === 0 ? null : (moves[at - 1]?.to ?? null)));
    const broken = way.includes(false) || moves.at(-1)?.to !== status;
    const expected = comparable(moves.flatMap(postingsOf));
    const booked = comparable((bookedOf.get(id) ?? []).map(({ kind }) => kind));
    const approvals = moves.filter(({ action }) => action === 'withdrawal.approved').length;
    return [
      ...(broken ? [`audit: the rows of ${id} do not lead to ${status}`] : []),
      ...(expected.join() === booked.join() ? [] : [`audit: ${id} is booked ${booked}, its rows say ${expected}`]),
      ...(approvals === (votesOf.get(id) ?? 0)
        ? []
        : [`audit: ${id} has ${votesOf.get(id) ?? 0} votes, ${approvals} rows`]),
    ];
  });
}

/** Every answer that was a yes is still true. */
export function brokenPromises({ withdrawals, votes, credits }: Facts, promised: Promised): Finding[] {
  const known = new Set(withdrawals.map(({ id }) => id));
  const voted = tally(votes, ({ withdrawalId }) => withdrawalId);
  const given = tally(promised.votes, (vote) => vote.split(' ')[0] ?? '');
  const kept = new Set(credits);
  return [
    ...[...promised.requests]
      .filter(([, { id }]) => !known.has(id))
      .map(([key]) => `lost: ${key} was accepted and is gone`),
    ...[...given].filter(([id, times]) => (voted.get(id) ?? 0) < times).map(([id]) => `lost: a vote on ${id} is gone`),
    ...[...promised.credits]
      .filter((credit) => !kept.has(credit))
      .map((credit) => `lost: the credit ${credit} is gone`),
    ...(withdrawals.length > promised.requests.size
      ? [`double: ${withdrawals.length} withdrawals for ${promised.requests.size} requests`]
      : []),
  ];
}

/** What waits for people, and nobody told them. */
export function untold({ withdrawals, alerts }: Pick<Facts, 'withdrawals' | 'alerts'>): readonly WithdrawalFact[] {
  const told = new Set(alerts);
  return withdrawals.filter(({ id, status }) => status === 'manual-review' && !told.has(id));
}

const AT_REST = ['completed', 'failed', 'rejected', 'cancelled', 'manual-review'];

/**
 * What neither ended nor waits for people. One that waits behind an equal payment of unknown outcome, or behind any of its
 * own wallet, waits for the same people: sending it would make the two indistinguishable. So does one of a paused wallet.
 */
export function stuckIn({ withdrawals, pausedWallets }: Waiting): readonly WithdrawalFact[] {
  const unknown = withdrawals.filter(({ status }) => status === 'manual-review');
  const sums = new Set(unknown.map(({ asset, amount }) => sumKey(asset, amount)));
  const wallets = new Set(unknown.map(({ walletId }) => walletId));
  const waitsForPeople = ({ wait, asset, amount, walletId }: WithdrawalFact): boolean =>
    (wait === 'same_amount' && sums.has(sumKey(asset, amount))) ||
    (wait === 'wallet_busy' && wallets.has(walletId)) ||
    (wait === 'wallet_paused' && pausedWallets.includes(walletId ?? ''));
  return withdrawals.filter((withdrawal) => !AT_REST.includes(withdrawal.status) && !waitsForPeople(withdrawal));
}

type Waiting = Pick<Facts, 'withdrawals' | 'pausedWallets'>;

/** What people were asked to settle and is still open. */
const unsettled = (withdrawals: readonly WithdrawalFact[]): Finding[] =>
  withdrawals
    .filter(({ status }) => status === 'manual-review')
    .map(({ id }) => `stuck: two people could not settle ${id}`);

/** Everything that is not as promised, once all is quiet and people have settled what waited for them. */
export function findingsIn(facts: Facts, promised: Promised): Finding[] {
  return [
    ...unpaidOrPaidTwice(facts),
    ...unprovenReferences(facts),
    ...gapsInAudit(facts),
    ...brokenPromises(facts, promised),
    ...untold(facts).map(({ id }) => `stuck: ${id} waits for people, and nobody was told`),
    ...unsettled(facts.withdrawals),
    ...facts.pausedWallets.map((id) => `stuck: two people could not let wallet ${id} go on`),
    ...stuckIn(facts).map(({ id, status, wait }) => `stuck: ${id} is ${status}${wait ? ` (${wait})` : ''}`),
  ];
}
