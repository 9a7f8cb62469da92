import type { AssetRegistry } from '#server/assets/index.ts';
import type { AuditTrail } from '#server/audit/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { MEMBER_BUCKETS } from './accounts.ts';
import type { CreditInput, CreditView, MemberBalance, TotalsView } from './contract.ts';
import type { Journal, Posting } from './journal.ts';
import type { LedgerRepository } from './ledger.repository.ts';

/** Where every credit by the platform comes from: its references are unique among themselves, whichever key sends them. */
const PLATFORM = 'platform';

/** The books: double entry, append-only, one door for every movement. */
export class LedgerService {
  readonly #journal: Journal;
  readonly #ledger: LedgerRepository;
  readonly #assets: AssetRegistry;
  readonly #audit: AuditTrail;
  readonly #clock: Clock;

  constructor(deps: {
    journal: Journal;
    ledger: LedgerRepository;
    assets: AssetRegistry;
    audit: AuditTrail;
    clock: Clock;
  }) {
    this.#journal = deps.journal;
    this.#ledger = deps.ledger;
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

  async #standing(memberId: string, asset: string): Promise<{ available: string; held: string }> {
    const balance = (await this.balances(memberId)).find((each) => each.asset === asset);
    return { available: balance?.available ?? '0', held: balance?.held ?? '0' };
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
