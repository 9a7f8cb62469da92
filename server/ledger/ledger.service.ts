import type { AssetRegistry } from '#server/assets/index.ts';
import type { AuditTrail } from '#server/audit/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { COMPANY, MEMBER_BUCKETS, memberAccount, POOL, UNDISTRIBUTED } from './accounts.ts';
import { byAsset } from './bucket-balance.ts';
import type { CreditInput, CreditView, MemberBalance, ReverseInput, ReverseView, TotalsView } from './contract.ts';
import type { Journal, Posting } from './journal.ts';
import type { LedgerRepository } from './ledger.repository.ts';
import type { StatementService } from './statement.service.ts';

/** Where every credit by the platform comes from: its references are unique among themselves, whichever key sends them. */
const PLATFORM = 'platform';

/** What a wallet holds is counted by wallet: here is what members are owed, and what stands against it. */
const IN_TOTALS: readonly string[] = [...MEMBER_BUCKETS, POOL.bucket, COMPANY.bucket, UNDISTRIBUTED.bucket];

/** Takes back a credit; where an operator does it, it takes a reason and a second person. */
type Reversal = Omit<ReverseInput, 'idempotencyKey'> & {
  readonly reason?: string | undefined;
  readonly validatorId?: string | undefined;
};

/** The books: double entry, append-only, one door for every movement. */
export class LedgerService {
  readonly #journal: Journal;
  readonly #ledger: LedgerRepository;
  readonly #statements: StatementService;
  readonly #assets: AssetRegistry;
  readonly #audit: AuditTrail;
  readonly #clock: Clock;

  constructor(deps: {
    journal: Journal;
    ledger: LedgerRepository;
    statements: StatementService;
    assets: AssetRegistry;
    audit: AuditTrail;
    clock: Clock;
  }) {
    this.#journal = deps.journal;
    this.#ledger = deps.ledger;
    this.#statements = deps.statements;
    this.#assets = deps.assets;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
  }

  /** Books movements; see `Journal.post`. */
  post(postings: readonly Posting[]): Promise<string[]> {
    return this.#journal.post(postings);
  }

  /** Gives a member what a settlement brought. One credit for each (reference, member, asset), for ever. */
  async credit(input: Omit<CreditInput, 'idempotencyKey'>, by: ActingParty): Promise<CreditView> {
    const asset = await this.#assets.enabled(input.asset, 'hashdam');
    const amount = Amount.parse(asset.asset, input.amount);
    const { memberId, reference } = input;
    const key = { source: PLATFORM, reference, memberId, asset: asset.asset };
    if (await this.#ledger.hasCredit(key)) {
      throw new DomainError('ledger.reference_used', 'this reference has been credited to this member already', {
        detail: { reference },
      });
    }
    const [transactionId = ''] = await this.post([
      { kind: 'CREDIT', amount, memberId, source: PLATFORM, reference, by },
    ]);
    this.#audit.record({
      action: 'ledger.credited',
      subject: { type: 'ledger', id: transactionId },
      by,
      after: { memberId, asset: asset.asset, amount: amount.toString(), reference },
    });
    return { transactionId, ...(await this.#standing(memberId, asset.asset)) };
  }

  /**
   * Books what the pool says one day brought. A figure that was restated is booked as the difference; nothing is booked
   * when it has not changed. Resolves to that difference.
   */
  async collect(
    input: { readonly day: string; readonly amount: Amount; readonly source: string },
    by: ActingParty,
  ): Promise<Amount> {
    const { amount, day, source } = input;
    const { total, times } = await this.#ledger.collected({ source, reference: day, asset: amount.asset });
    const difference = amount.minus(total);
    if (difference.isZero()) return difference;
    const [id = ''] = await this.post([
      {
        kind: 'COLLECT',
        amount: difference,
        source,
        reference: day,
        revision: times + 1,
        effectiveAt: new Date(`${day}T00:00:00Z`),
        by,
      },
    ]);
    this.#audit.record({
      action: 'ledger.collected',
      subject: { type: 'ledger', id },
      by,
      after: { day, asset: amount.asset, amount: difference.toString(), total: amount.toString() },
    });
    return difference;
  }

  /**
   * Takes back what a credit gave: from what the member has, and what they have spent already they owe. Throws
   * `ledger.transaction_not_found` for anything but a credit, `ledger.reversal_too_large`, `ledger.reference_used`.
   */
  async reverse(input: Reversal, by: ActingParty): Promise<ReverseView> {
    const { transactionId: reversesId, reference, reason, validatorId } = input;
    const { memberId, amount } = await this.#reversible(input);
    const [transactionId = ''] = await this.post([
      { kind: 'REVERSE', amount, memberId, reversesId, source: PLATFORM, reference, reason, validatorId, by },
    ]);
    const receivable = await this.#statements.receivable(memberId, amount.asset);
    this.#audit.record({
      action: 'ledger.reversed',
      subject: { type: 'ledger', id: transactionId },
      by,
      reason,
      after: {
        memberId,
        asset: amount.asset,
        amount: amount.toString(),
        credit: reversesId,
        reference,
        receivable: receivable.toString(),
        validator: validatorId ?? null,
      },
    });
    return { transactionId, ...(await this.#standing(memberId, amount.asset)), receivable: receivable.toString() };
  }

  /** What `reverse` would refuse now, refused before anybody proposes it. */
  async refuseIrreversible(input: Pick<Reversal, 'transactionId' | 'amount' | 'reference'>): Promise<void> {
    await this.#reversible(input);
  }

  /** Looked at under the lock of the member's balance, so that two reversals never share what is left of a credit. */
  async #reversible(
    input: Pick<Reversal, 'transactionId' | 'amount' | 'reference'>,
  ): Promise<{ memberId: string; amount: Amount }> {
    const { transactionId: id, reference } = input;
    const found = await this.#ledger.findCredit(id);
    if (!found)
      throw new DomainError('ledger.transaction_not_found', 'no such credit in the books', { detail: { id } });
    const { memberId, amount: given } = found;
    const { asset } = given;
    await this.#ledger.lock([{ account: memberAccount(memberId, 'available'), asset }]);
    if (await this.#ledger.hasReversal({ reversesId: id, reference })) {
      throw new DomainError('ledger.reference_used', 'this reference has taken back this credit already', {
        detail: { reference },
      });
    }
    const left = given.minus((await this.#ledger.findCredit(id))?.reversed ?? given);
    const amount = Amount.parse(asset, input.amount);
    if (!left.isLessThan(amount)) return { memberId, amount };
    throw new DomainError('ledger.reversal_too_large', `of this credit ${left} can still be taken back`, {
      detail: { asset, left: left.toString() },
    });
  }

  async #standing(memberId: string, asset: string): Promise<{ available: string; held: string }> {
    const balance = (await this.balances(memberId)).find((each) => each.asset === asset);
    return { available: balance?.available ?? '0', held: balance?.held ?? '0' };
  }

  /** A member's balances by asset. `held` includes what is in flight. */
  balances(memberId: string): Promise<MemberBalance[]> {
    return this.#statements.balances({ memberId });
  }

  /** What all members are owed and where the coins are, by asset. */
  async totals(): Promise<TotalsView> {
    const shown = (await this.#ledger.totals()).filter(({ bucket }) => IN_TOTALS.includes(bucket));
    const rows = byAsset(shown).map(({ asset, of: debits }) => {
      const owed = MEMBER_BUCKETS.map((bucket) => debits(bucket).negated());
      return {
        asset,
        available: debits('available').negated().toString(),
        held: debits('held').negated().plus(debits('in_flight').negated()).toString(),
        inFlight: debits('in_flight').negated().toString(),
        payable: debits('payable').negated().toString(),
        owed: Amount.sum(asset, owed).toString(),
        pool: debits('pool:hashdam').toString(),
        company: debits('company').toString(),
        undistributed: debits('undistributed').negated().toString(),
      };
    });
    return { rows, asOf: this.#clock.now().toISOString() };
  }

  fold(): Promise<void> {
    return this.#ledger.fold();
  }
}
