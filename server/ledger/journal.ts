import type { ActingParty } from '#server/kernel/actor.ts';
import type { Amount } from '#server/kernel/amount.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { isGuarded } from './accounts.ts';
import type { FeeModes } from './fee-modes.ts';
import type { LedgerRepository, Movement } from './ledger.repository.ts';
import { type Leg, tidy } from './legs.ts';
import type { PostingParts, PostingSplit } from './posting-parts.ts';
import { POSTINGS } from './postings.ts';
import { SPLITS } from './splits.ts';
import type { PostingKind } from './statuses.ts';
import { distinct, type Line, linesOf, type Tally } from './tally.ts';

/** A movement to book. All movements of one call stand or fall together; each is of one asset. */
export interface Posting extends PostingParts {
  readonly kind: PostingKind;
  readonly withdrawalId?: string | undefined;
  readonly attemptId?: string | undefined;
  readonly revision?: number | undefined;
  readonly source?: string | undefined;
  readonly reference?: string | undefined;
  /** REVERSE: the credit it takes back. */
  readonly reversesId?: string | undefined;
  /** SHORT, UNSHORT, ADJUST, WRITEOFF must have one; any other may. */
  readonly incidentId?: string | undefined;
  readonly reason?: string | undefined;
  /** The second person of two; never the one who acts. */
  readonly validatorId?: string | undefined;
  readonly effectiveAt?: Date | undefined;
  readonly by: ActingParty;
}

/** Writes movements: the one place where money changes its account. */
export class Journal {
  readonly #ledger: LedgerRepository;
  readonly #feeModes: FeeModes;
  readonly #clock: Clock;

  constructor(deps: { ledger: LedgerRepository; feeModes: FeeModes; clock: Clock }) {
    this.#ledger = deps.ledger;
    this.#feeModes = deps.feeModes;
    this.#clock = deps.clock;
  }

  /**
   * Books movements, in the order given, of whatever assets. Locks the guarded balances they touch in one order for
   * all callers, by asset and code, so that two bookings never wait for each other in a circle. Throws
   * `ledger.insufficient_funds` when one would go below zero. Resolves to the ids of the transactions.
   */
  async post(postings: readonly Posting[]): Promise<string[]> {
    if (postings.length === 0) return [];
    const drafts = await Promise.all(postings.map((posting) => this.#completed(posting)));
    const known = distinct(drafts.flatMap(linesToOpen));
    await this.#ledger.openAccounts(known);
    const touched = known.filter(({ account }) => isGuarded(account));
    const tally = await this.#ledger.lock(distinct([...touched, ...drafts.flatMap(linesToRead)]));
    const booked = drafts.map((draft) => ({ draft, legs: book(draft, tally) }));
    const more = distinct(booked.flatMap(({ legs }) => linesOf(legs))).filter((line) => !has(known, line));
    if (more.length > 0) await this.#ledger.openAccounts(more);
    const now = this.#clock.now();
    return this.#ledger.add(booked.map(({ draft, legs }) => movement(draft, legs, now)));
  }

  /** A payment of the pool is booked as the pool takes its fees; taking one back needs to know what it brought. */
  async #completed(posting: Posting): Promise<Draft> {
    refuseSenseless(posting);
    if (posting.kind === 'RELEASE') return this.#released(posting);
    const { kind, walletId, withdrawalId, attemptId, amount } = posting;
    if (!walletId && posting.fee?.isPositive() && !posting.feeMode && (kind === 'SETTLE' || kind === 'LATE')) {
      return { ...posting, feeMode: (await this.#feeModes.of(amount.asset)) ?? undefined };
    }
    if (walletId || (kind !== 'UNSETTLE' && kind !== 'UNLATE')) return posting;
    const payment = kind === 'UNSETTLE' ? 'SETTLE' : 'LATE';
    const paid = await this.#ledger.payment({ kind: payment, withdrawalId, attemptId, asset: amount.asset });
    if (!paid) throw new TypeError(`this attempt has no ${payment} to take back`);
    return { ...posting, reached: paid.company, left: paid.pool.negated() };
  }

  /** What was set aside goes back where it came from, whatever the row of its withdrawal has come to say meanwhile. */
  async #released(posting: Posting): Promise<Draft> {
    const { withdrawalId, revision } = posting;
    if (!withdrawalId || revision === undefined) return posting;
    return { ...posting, ...(await this.#ledger.held({ withdrawalId, revision })) };
  }
}

type Draft = Posting & PostingSplit;

/** Below zero only a day of the pool can be: it was restated. */
function refuseSenseless({ kind, amount }: Posting): void {
  if (amount.isPositive() || (kind === 'COLLECT' && !amount.isZero())) return;
  throw new TypeError(`a ${kind} of ${amount} moves nothing`);
}

const linesToOpen = (draft: Draft): Line[] => linesOf(tidy(POSTINGS[draft.kind](draft))).concat(guardedReads(draft));
const linesToRead = (draft: Draft): Line[] =>
  (SPLITS[draft.kind]?.reads(draft) ?? []).map((account) => ({ account, asset: draft.amount.asset }));
const guardedReads = (draft: Draft): Line[] => linesToRead(draft).filter(({ account }) => isGuarded(account));

function book(draft: Draft, tally: Tally): Leg[] {
  const holding = (account: Line['account']): Amount => tally.holding({ account, asset: draft.amount.asset });
  const legs = tidy(POSTINGS[draft.kind]({ ...draft, ...SPLITS[draft.kind]?.split(draft, holding) }));
  tally.apply(legs);
  return legs;
}

const has = (lines: readonly Line[], { account, asset }: Line): boolean =>
  lines.some((line) => line.asset === asset && line.account.code === account.code);

const movement = (draft: Draft, legs: readonly Leg[], now: Date): Movement => ({
  legs,
  facts: {
    kind: draft.kind,
    asset: draft.amount.asset,
    memberId: draft.memberId ?? null,
    walletId: draft.walletId ?? null,
    withdrawalId: draft.withdrawalId ?? null,
    attemptId: draft.attemptId ?? null,
    revision: draft.revision ?? null,
    source: draft.source ?? null,
    reference: draft.reference ?? null,
    reversesId: draft.reversesId ?? null,
    incidentId: draft.incidentId ?? null,
    reason: draft.reason ?? null,
    actorType: draft.by.type,
    actorId: draft.by.id,
    validatorId: draft.validatorId ?? null,
    postedAt: now,
    effectiveAt: draft.effectiveAt ?? now,
  },
});
