import type { DualControl, DualState } from '#server/dual-control/index.ts';
import type { IncidentKind, IncidentLog } from '#server/incidents/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { type Amount, bookable } from '#server/kernel/amount.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import { canonicalTransaction } from '#server/kernel/transaction-hash.ts';
import { type PoolRowClaims, type PoolWithdrawal, poolRowKey } from '#server/mining/index.ts';
import type { ChainReceipt, WalletRepository, WalletService } from '#server/wallets/index.ts';
import {
  fits,
  type PayoutAttempt,
  type PayoutAttemptRepository,
  type PayoutEvidence,
  type PayoutRails,
  poolBeforeIn,
  readSummary,
  refuse,
  type Withdrawal,
  type WithdrawalMover,
  type WithdrawalRepository,
} from '#server/withdrawals/index.ts';
import type { ResolveInput, ResolveView } from './contract.ts';
import type { ListedRows } from './listed-rows.ts';
import type { UnknownAttempts } from './unknown-attempt.ts';

/** Two people settle an outcome that nobody could prove by itself: it was paid (W24), or it was not (W25). */
export class ResolutionService {
  readonly #withdrawals: WithdrawalRepository;
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #unknown: UnknownAttempts;
  readonly #mover: WithdrawalMover;
  readonly #rails: PayoutRails;
  readonly #dualControl: DualControl;
  readonly #incidents: IncidentLog;
  readonly #wallets: WalletService;
  readonly #walletRows: WalletRepository;
  readonly #listed: ListedRows;
  readonly #claims: PoolRowClaims;

  constructor(deps: {
    withdrawals: WithdrawalRepository;
    payoutAttempts: PayoutAttemptRepository;
    unknown: UnknownAttempts;
    mover: WithdrawalMover;
    rails: PayoutRails;
    dualControl: DualControl;
    incidents: IncidentLog;
    wallets: WalletService;
    walletRows: WalletRepository;
    listed: ListedRows;
    claims: PoolRowClaims;
  }) {
    this.#withdrawals = deps.withdrawals;
    this.#payoutAttempts = deps.payoutAttempts;
    this.#unknown = deps.unknown;
    this.#mover = deps.mover;
    this.#rails = deps.rails;
    this.#dualControl = deps.dualControl;
    this.#incidents = deps.incidents;
    this.#wallets = deps.wallets;
    this.#walletRows = deps.walletRows;
    this.#listed = deps.listed;
    this.#claims = deps.claims;
  }

  /** Outside any transaction: what the chain shows of the payment that people name. Errors: `provider.*`, `withdrawal.*`. */
  async readReceipt({ id, reference }: ResolveInput): Promise<ChainReceipt | null> {
    const withdrawal = await this.#withdrawals.get(id);
    if (!withdrawal.walletId || !reference) return null;
    await this.#unknown.of(withdrawal);
    return this.#wallets.receipt({ asset: withdrawal.asset, txid: canonicalTransaction(reference) });
  }

  /**
   * Proposes, or confirms what a colleague proposed and acts on it. Errors: `withdrawal.not_unknown`, `quiet_period`,
   * `reference_used`, `evidence_missing`, `receipt_unfit`, `stale_digest`, `decision.differs`.
   */
  async resolve(said: ResolveInput, receipt: ChainReceipt | null, by: ActingParty): Promise<ResolveView> {
    const withdrawal = await this.#withdrawals.lock(said.id);
    const attempt = await this.#payoutAttempts.lockAttempt((await this.#unknown.of(withdrawal)).id);
    const input =
      attempt.walletId && said.reference ? { ...said, reference: canonicalTransaction(said.reference) } : said;
    const cited = await this.#cited(attempt, input.evidence);
    const open: Case = { withdrawal, attempt, cited, receipt, by };
    if (input.reference) await this.#refuseUnprovenPayment(open, input.reference);
    else await this.#refuseTooEarly(open);
    // Paid once more, it would be voted on as somebody wrote it past the console.
    if (input.payAgain && (await this.#withdrawals.isChanged(withdrawal)))
      refuse('withdrawal.stale_digest', withdrawal);
    const decision = await this.#dualControl.decide(
      {
        action: 'withdrawal.resolve',
        subject: { type: 'withdrawal', id: withdrawal.id },
        body: {
          ...{ attempt: attempt.id, outcome: input.outcome, payAgain: input.payAgain },
          ...{ reference: input.reference ?? null, evidence: cited.map(({ id }) => id) },
        },
        note: input.note,
      },
      by,
    );
    if (decision.state === 'confirmed') await this.#act(open, input, decision);
    return { decision, withdrawal: await readSummary(this.#withdrawals, withdrawal) };
  }

  /** What both people name, in the order it was seen; only what is known of this very attempt. */
  async #cited(attempt: PayoutAttempt, ids: readonly string[]): Promise<PayoutEvidence[]> {
    const wanted = new Set(ids);
    const cited = (await this.#payoutAttempts.evidence(attempt.id)).filter(({ id }) => wanted.has(id));
    if (cited.length < wanted.size) throw missing('this is not evidence of the open attempt');
    return cited;
  }

  async #refuseUnprovenPayment({ attempt, cited, receipt }: Case, reference: string): Promise<void> {
    if (attempt.reference && attempt.reference !== reference) {
      throw new DomainError('withdrawal.receipt_unfit', 'the provider named this payment otherwise', {
        detail: { reference: attempt.reference },
      });
    }
    const row = await this.#rowOf(attempt, reference);
    const isUnlisted = attempt.kind === 'mining' && !row;
    const isTaken = attempt.kind === 'mining' && (await this.#listed.isTaken(attempt, reference));
    const isElsewhere = isUnlisted && (await this.#listed.isElsewhere(attempt, reference));
    if (isTaken || isElsewhere || (await this.#payoutAttempts.referenceUsed(attempt, reference))) {
      throw new DomainError('withdrawal.reference_used', 'another payment has this reference', {
        detail: { reference },
      });
    }
    if (poolBeforeIn(attempt.before)?.references.includes(reference)) {
      throw new DomainError('withdrawal.receipt_unfit', 'the pool listed this before the payment was sent', {
        detail: { reference },
      });
    }
    if (row?.status === 'failed') {
      throw new DomainError('withdrawal.receipt_unfit', 'the pool lists this payment as failed', {
        detail: { reference, status: row.rawStatus },
      });
    }
    const address = attempt.walletId ? (await this.#walletRows.findWallet(attempt.walletId))?.address : null;
    if (receipt && !(address && fits(receipt, attempt, address))) {
      throw new DomainError('withdrawal.receipt_unfit', 'the chain shows another payment under this hash', {
        detail: { reference, from: receipt.from, to: receipt.to, amount: receipt.amount },
      });
    }
    if (isUnlisted && !cited.some(({ kind }) => kind === 'document')) {
      throw missing('no list of the pool shows this payment: attach a document that does, and name it');
    }
    if (!receipt && cited.length === 0) throw missing('attach what shows the payment, and name it');
    if (!receipt && attempt.walletId && (await this.#wallets.hasReceipts(attempt.asset))) {
      throw new DomainError('withdrawal.receipt_unfit', 'the chain shows no receipt under this hash', {
        detail: { reference },
      });
    }
  }

  async #refuseTooEarly({ attempt, cited }: Case): Promise<void> {
    const seen = (await this.#payoutAttempts.evidence(attempt.id)).filter(({ kind }) => kind !== 'document');
    const documents = cited.filter(({ kind }) => kind === 'document');
    const period = await this.#unknown.quietPeriod(attempt, [...seen, ...documents]);
    if (period.complete) return;
    const unmet = period.conditions.filter(({ met }) => !met).map(({ name }) => name);
    throw new DomainError('withdrawal.quiet_period', 'its absence proves nothing yet', {
      detail: { id: attempt.withdrawalId, until: period.until.toISOString(), unmet: unmet.join(', ') },
    });
  }

  async #act(open: Case, input: ResolveInput, { decisionId, proposedBy }: Confirmed): Promise<void> {
    const { withdrawal, attempt, cited, receipt, by } = open;
    const now = await this.#payoutAttempts.databaseNow();
    const detail = { decision: decisionId, proposedBy, evidence: cited.map(({ id }) => id).join(', ') };
    const facts = { by, attemptId: attempt.id, reason: input.note };
    attempt.closedByPeople = true;
    if (input.reference) {
      const row = await this.#rowOf(attempt, input.reference);
      const fee = await this.#feeOf(open, row, input.note);
      if (receipt) this.#keepReceipt(attempt, { txid: input.reference, receipt: { ...receipt } }, now);
      attempt.reference = input.reference;
      attempt.move('resolve_paid', now);
      const unlisted = attempt.kind === 'mining' && !row;
      const named = { ...detail, reference: input.reference, fee: fee?.toString() ?? null, unlisted };
      await this.#mover.move(withdrawal, 'resolve_paid', { ...facts, posting: fee ? { fee } : {}, detail: named });
      await this.#rails[attempt.kind].log.write(withdrawal, attempt, fee ? { fee: fee.toString() } : {});
    } else {
      attempt.move('resolve_not_paid', now);
      await this.#mover.move(withdrawal, input.payAgain ? 'pay_again' : 'resolve_not_paid', { ...facts, detail });
      await this.#rails[attempt.kind].log.write(withdrawal, attempt);
    }
    await this.#closeIncidents(attempt, input.note, by);
  }

  /** Only the pool has a list that names payments. */
  async #rowOf(attempt: PayoutAttempt, reference: string): Promise<PoolWithdrawal | null> {
    return attempt.kind === 'mining' ? this.#listed.row(attempt, reference) : null;
  }

  /** The pool's row is this payment's from now on, and says what it cost; null where no list shows one yet. */
  async #feeOf({ attempt, by }: Case, row: PoolWithdrawal | null, note: string): Promise<Amount | null> {
    if (!row) return null;
    const inQuestion = await this.#incidents.lockOpen({ kind: 'unexplained_payout', subject: poolRowKey(row) });
    if (!(await this.#claims.claim(row, { how: 'bound', attemptId: attempt.id }, by))) {
      throw new DomainError('withdrawal.reference_used', 'the row of this name belongs to something else', {
        detail: { reference: row.reference },
      });
    }
    if (inQuestion) this.#incidents.close(inQuestion, { resolution: 'withdrawal_resolved', note }, by);
    const fee = bookable(attempt.asset, row.fee);
    return fee?.isNegative() === false ? fee : null;
  }

  #keepReceipt({ id: attemptId }: PayoutAttempt, body: Json, at: Date): void {
    this.#payoutAttempts.addEvidence({ id: newId(), attemptId, kind: 'receipt', body, at });
  }

  /** What was unclear about the attempt is settled with it. */
  async #closeIncidents({ id }: PayoutAttempt, note: string, by: ActingParty): Promise<void> {
    for (const incident of await this.#incidents.findOpen({ attemptId: id, kind: { $in: [...SETTLED_WITH_IT] } })) {
      this.#incidents.close(incident, { resolution: 'withdrawal_resolved', note }, by);
    }
  }
}

interface Case {
  readonly withdrawal: Withdrawal;
  readonly attempt: PayoutAttempt;
  /** What both people say they have looked at. */
  readonly cited: readonly PayoutEvidence[];
  readonly receipt: ChainReceipt | null;
  readonly by: ActingParty;
}

type Confirmed = Extract<DualState, { state: 'confirmed' }>;

const SETTLED_WITH_IT: readonly IncidentKind[] = [
  'reference_used',
  'echo_mismatch',
  'refused_with_reference',
  'history_contradicts',
  'receipt_mismatch',
  'callback_contradicts',
  'closed_without_proof',
];

const missing = (text: string): DomainError => new DomainError('withdrawal.evidence_missing', text);
