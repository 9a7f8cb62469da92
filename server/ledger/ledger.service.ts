import type { AssetRegistry } from '#server/assets/index.ts';
import type { AuditTrail } from '#server/audit/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { MEMBER_BUCKETS } from './accounts.ts';
import type { CreditInput, CreditView, MemberBalance, TotalsView } from './contract.ts';
import type { LedgerRepository } from './ledger.repository.ts';
import { type Leg, POSTINGS, type PostingKind } from './postings.ts';

/** Where every credit by the platform comes from: its references are unique among themselves, whichever key sends them. */
const PLATFORM = 'platform';

/** A movement to book. All movements of one call are of one member and asset and stand or fall together. */
export interface Posting {
  readonly kind: PostingKind;
  readonly amount: Amount;
  readonly memberId?: string;
  readonly fee?: Amount | undefined;
  readonly withdrawalId?: string;
  readonly attemptId?: string | undefined;
  readonly revision?: number;
  readonly source?: string;
  readonly reference?: string;
  readonly effectiveAt?: Date;
  readonly by: ActingParty;
}

/** The books: double entry, append-only, one door for every movement. */
export class LedgerService {
  readonly #ledger: LedgerRepository;
  readonly #assets: AssetRegistry;
  readonly #audit: AuditTrail;
  readonly #clock: Clock;

  constructor(deps: { ledger: LedgerRepository; assets: AssetRegistry; audit: AuditTrail; clock: Clock }) {
    this.#ledger = deps.ledger;
    this.#assets = deps.assets;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
  }

  /**
   * Books movements of one asset. Locks the guarded balances they touch, in one order for all callers, so that two
   * bookings never wait for each other in a circle. Throws `ledger.insufficient_funds` when one would go below zero.
   * Resolves to the ids of the transactions, in the order given.
   */
  async post(postings: readonly Posting[]): Promise<string[]> {
    const [first] = postings;
    if (!first) return [];
    const { asset } = first.amount;
    const booked = postings.map((posting) => ({ posting, legs: inOrder(POSTINGS[posting.kind](posting)) }));
    const legs = booked.flatMap((each) => each.legs);
    const accounts = [...new Map(legs.map(({ account }) => [account.code, account])).values()];
    await this.#ledger.openAccounts(accounts, asset);
    const balances = await this.#ledger.lockBalances(
      accounts.filter(({ memberId }) => memberId !== null).map(({ code }) => code),
      asset,
    );
    refuseOverdraft(balances, legs);
    const now = this.#clock.now();
    return booked.map(({ posting, legs }) =>
      this.#ledger.add(
        {
          kind: posting.kind,
          asset,
          memberId: posting.memberId ?? null,
          withdrawalId: posting.withdrawalId ?? null,
          attemptId: posting.attemptId ?? null,
          revision: posting.revision ?? null,
          source: posting.source ?? null,
          reference: posting.reference ?? null,
          actorType: posting.by.type,
          actorId: posting.by.id,
          effectiveAt: posting.effectiveAt ?? now,
        },
        legs,
        now,
      ),
    );
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
    const before = (await this.balances(memberId)).find((balance) => balance.asset === asset.asset);
    return {
      transactionId,
      available: Amount.parse(asset.asset, before?.available ?? '0')
        .plus(amount)
        .toString(),
      held: before?.held ?? '0',
    };
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

  /** A member's balances by asset. `held` includes what is in flight. */
  async balances(memberId: string): Promise<MemberBalance[]> {
    const byAsset = new Map<string, Map<string, Amount>>();
    for (const { asset, bucket, amount } of await this.#ledger.memberBalances(memberId)) {
      byAsset.set(asset, (byAsset.get(asset) ?? new Map()).set(bucket, amount));
    }
    return [...byAsset].map(([asset, buckets]) => {
      const of = (bucket: string) => buckets.get(bucket) ?? Amount.zero(asset);
      return {
        asset,
        available: of('available').toString(),
        held: of('held').plus(of('in_flight')).toString(),
        inFlight: of('in_flight').toString(),
        payable: of('payable').toString(),
      };
    });
  }

  /** What all members are owed and where the coins are, by asset. */
  async totals(): Promise<TotalsView> {
    const byAsset = new Map<string, Map<string, Amount>>();
    for (const { asset, bucket, amount } of await this.#ledger.totals()) {
      byAsset.set(asset, (byAsset.get(asset) ?? new Map()).set(bucket, amount));
    }
    const rows = [...byAsset].map(([asset, buckets]) => {
      const debits = (bucket: string) => buckets.get(bucket) ?? Amount.zero(asset);
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

const inOrder = (legs: readonly Leg[]): Leg[] =>
  legs.filter(({ amount }) => !amount.isZero()).sort((a, b) => (a.account.code < b.account.code ? -1 : 1));

/** The database refuses this too; here it gets its name. Guarded accounts are liabilities, so a debit takes away. */
function refuseOverdraft(balances: ReadonlyMap<string, Amount>, legs: readonly Leg[]): void {
  const left = new Map(balances);
  for (const { account, amount } of legs) {
    const balance = left.get(account.code);
    if (!balance) continue;
    const rest = lessened(balance, amount);
    if (rest.isNegative()) {
      throw new DomainError('ledger.insufficient_funds', `${account.bucket} holds ${balance}, asked for ${amount}`, {
        detail: { asset: amount.asset, bucket: account.bucket, balance: balance.toString() },
      });
    }
    left.set(account.code, rest);
  }
}

/** A balance that no column can hold is the caller's doing, like any other amount out of range. */
function lessened(balance: Amount, amount: Amount): Amount {
  try {
    return balance.minus(amount);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new DomainError('input.invalid', 'the books cannot hold an amount so large', { cause });
  }
}
