import type { AuditTrail } from '#server/audit/index.ts';
import type { Incident, IncidentLog } from '#server/incidents/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import {
  type Account,
  type BookedFacts,
  COMPANY,
  type FeeModes,
  type LedgerService,
  LOSS,
  POOL,
  POOL_FEE,
  receivableAccount,
  SUSPENSE_WALLETS,
} from '#server/ledger/index.ts';
import { type PoolRowClaims, type PoolWithdrawal, poolRowKey } from '#server/mining/index.ts';
import {
  canMove,
  LATE_HOLD,
  type PayoutAttemptRepository,
  tryNow,
  type Withdrawal,
  type WithdrawalMover,
} from '#server/withdrawals/index.ts';
import type { IncidentDecideInput } from './contract.ts';
import type { Decided } from './decided.ts';
import type { ListedRows } from './listed-rows.ts';
import { rowOf } from './pool-row.ts';

type Effect = (decided: Decided) => Promise<void>;

/** What each decision books, and what it does to the withdrawal. */
export class IncidentEffects {
  readonly #ledger: LedgerService;
  readonly #booked: BookedFacts;
  readonly #feeModes: FeeModes;
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #mover: WithdrawalMover;
  readonly #incidents: IncidentLog;
  readonly #claims: PoolRowClaims;
  readonly #listed: ListedRows;
  readonly #audit: AuditTrail;
  readonly #jobs: JobQueue;

  constructor(deps: {
    ledger: LedgerService;
    booked: BookedFacts;
    feeModes: FeeModes;
    payoutAttempts: PayoutAttemptRepository;
    mover: WithdrawalMover;
    incidents: IncidentLog;
    claims: PoolRowClaims;
    listed: ListedRows;
    audit: AuditTrail;
    jobs: JobQueue;
  }) {
    this.#ledger = deps.ledger;
    this.#booked = deps.booked;
    this.#feeModes = deps.feeModes;
    this.#payoutAttempts = deps.payoutAttempts;
    this.#mover = deps.mover;
    this.#incidents = deps.incidents;
    this.#claims = deps.claims;
    this.#listed = deps.listed;
    this.#audit = deps.audit;
    this.#jobs = deps.jobs;
  }

  of(decided: Decided): Promise<void> {
    return this.#effects[decided.input.decision](decided);
  }

  readonly #effects: Readonly<Record<IncidentDecideInput['decision'], Effect>> = {
    adopt: (decided) => this.#adopt(decided),
    keep: (decided) => this.#keep(decided),
    close: async () => undefined,
    write_off: (decided) => this.#writeOff(decided),
    receivable: (decided) => this.#receivable(decided),
    unsettle: (decided) => this.#unsettle(decided),
    word_changed: (decided) => this.#wordChanged(decided),
    register: (decided) => this.#register(decided),
    explain: (decided) => this.#explain(decided),
  };

  /** W27b: what the attempt moved becomes what the withdrawal is; what was held for anything else is freed first. */
  async #adopt(decided: Decided): Promise<void> {
    const { withdrawal, attempt } = payment(decided);
    const amount = attempt.money();
    const asked = withdrawal.money();
    await this.#mover.move(withdrawal, 'adopt', {
      ...this.#facts(decided, attempt.id),
      amount,
      newAmount: amount,
      posting: { writtenOff: await this.#writtenOff(decided) },
      detail: { incident: decided.incident.id, proposedBy: decided.proposedBy, asked: asked.toString() },
    });
    if (!amount.equals(asked)) withdrawal.digest = withdrawal.currentDigest();
  }

  /** What nobody will bring back is the company's loss. */
  async #writeOff(decided: Decided): Promise<void> {
    const amount = await this.#missing(decided);
    if (amount.isPositive()) await this.#book(decided, { kind: 'WRITEOFF', amount, credit: SUSPENSE_WALLETS });
  }

  /** The company has the coins: where they had been written off, that was no loss. */
  async #keep(decided: Decided): Promise<void> {
    const amount = await this.#writtenOff(decided);
    if (amount.isPositive()) await this.#book(decided, { kind: 'ADJUST', amount, debit: COMPANY, credit: LOSS });
  }

  async #receivable(decided: Decided): Promise<void> {
    const { withdrawal } = payment(decided);
    const debit = receivableAccount(withdrawal.memberId);
    // Where the loss had been booked before, it is the loss that the member makes good.
    const parts = [
      { amount: await this.#missing(decided), credit: SUSPENSE_WALLETS },
      { amount: await this.#writtenOff(decided), credit: LOSS },
    ];
    for (const { amount, credit } of parts) {
      if (amount.isPositive()) await this.#book(decided, { kind: 'ADJUST', amount, debit, credit });
    }
  }

  /** What suspense has of it. */
  async #missing({ incident, attempt }: Decided): Promise<Amount> {
    if (incident.kind === 'late_success' && attempt) return this.#booked.late(attempt.id, attempt.asset);
    return this.#booked.unexplained(incident.id, incident.asset ?? '');
  }

  /** What of a late payment out of a wallet had been written off as a shortage before it showed up. */
  async #writtenOff(decided: Decided): Promise<Amount> {
    const { attempt } = payment(decided);
    const amount = attempt.money();
    return attempt.walletId
      ? amount.minus(await this.#booked.late(attempt.id, attempt.asset))
      : Amount.zero(amount.asset);
  }

  /** W28, W28b and the mirror of a late payment: the books follow what the provider took back. */
  async #unsettle(decided: Decided): Promise<void> {
    const { withdrawal, attempt } = payment(decided);
    const { input, incident, proposedBy } = decided;
    if (input.decision !== 'unsettle') return;
    const handedOver = (await this.#booked.handover(withdrawal.id)) !== null;
    const adopted = await this.#booked.isBooked('ADOPT', attempt.id);
    const back = input.back === undefined ? {} : { back: Amount.parse(attempt.asset, input.back) };
    const posting = { handedOver, adopted, owedByPool: !input.coinsBack, ...back };
    const moved = { amount: attempt.money(), paid: attempt.money() };
    const facts = { ...this.#facts(decided, attempt.id), ...moved, posting };
    const detail = { incident: incident.id, proposedBy, coinsBack: input.coinsBack };
    const late = Boolean(attempt.lateAt);
    if (late && !adopted) await this.#unlate(decided, posting);
    else if (withdrawal.status !== 'completed') throw unfit(incident, 'the withdrawal is not completed');
    else if (late)
      await this.#mover.move(withdrawal, handedOver ? 'late_taken_back_late' : 'late_taken_back', { ...facts, detail });
    else await this.#mover.move(withdrawal, handedOver ? 'taken_back_late' : 'taken_back', { ...facts, detail });
    if (late) await this.#closeLate(decided);
  }

  /** Nobody had honoured it: only the company's side is taken back, and the withdrawal stays what it is. */
  async #unlate(decided: Decided, posting: { readonly owedByPool: boolean; readonly back?: Amount }): Promise<void> {
    const { withdrawal, attempt } = payment(decided);
    const { memberId, walletId, id: withdrawalId, status: from } = withdrawal;
    const action = 'payout.late_taken_back';
    const reason = decided.input.note;
    const toCompany = withdrawal.destinationType === 'company';
    const lost = { account: LOSS, amount: await this.#writtenOff(decided) };
    const stands = walletId ? [...(await this.#booked.lateStands(attempt.id, attempt.asset)), lost] : undefined;
    await this.#ledger.post([
      {
        ...{
          kind: 'UNLATE' as const,
          amount: attempt.money(),
          memberId,
          walletId: walletId ?? undefined,
          withdrawalId,
        },
        ...{ attemptId: attempt.id, toCompany, stands, incidentId: decided.incident.id, by: decided.by, ...posting },
      },
    ]);
    this.#audit.record({
      action,
      subject: { type: 'withdrawal', id: withdrawalId },
      by: decided.by,
      reason,
      after: { attempt: attempt.id, incident: decided.incident.id, proposedBy: decided.proposedBy },
    });
    this.#mover.tell(withdrawal, { action, from, reason, paid: attempt.money() });
  }

  /** What the late payment meant need not be decided any more. */
  async #closeLate({ attempt, input, by }: Decided): Promise<void> {
    for (const late of await this.#incidents.findOpen({ kind: 'late_success', attemptId: attempt?.id ?? null })) {
      this.#incidents.close(late, { resolution: 'taken_back', note: input.note }, by);
    }
  }

  /** W28c: where nothing was booked as completed there is nothing to say. */
  async #wordChanged(decided: Decided): Promise<void> {
    const { withdrawal, attempt } = payment(decided);
    if (withdrawal.status !== 'completed') return;
    const detail = { incident: decided.incident.id, proposedBy: decided.proposedBy };
    await this.#mover.move(withdrawal, 'word_changed', { ...this.#facts(decided, attempt.id), detail });
  }

  /** Somebody of the company made it by hand, and the company has the coins. The row is out of every look from now on. */
  async #register(decided: Decided): Promise<void> {
    const row = await this.#row(decided);
    if (!(await this.#claims.claim(row, { how: 'registered' }, decided.by))) throw unfit(decided.incident, CLAIMED);
    const amount = Amount.fromDecimal(row.asset, row.amount);
    const fee = Amount.fromDecimal(row.asset, row.fee);
    const reached = (await this.#feeModes.of(row.asset)) === 'inside' ? amount.minus(fee) : amount;
    if (reached.isPositive())
      await this.#book(decided, { kind: 'ADJUST', amount: reached, debit: COMPANY, credit: POOL });
    if (fee.isPositive()) await this.#book(decided, { kind: 'ADJUST', amount: fee, debit: POOL_FEE, credit: POOL });
  }

  /** Nothing of ours: unless it has turned out to be a payment of ours meanwhile, which explains it as well. */
  async #explain(decided: Decided): Promise<void> {
    const row = await this.#row(decided);
    if (await this.#claims.claim(row, { how: 'explained' }, decided.by)) return;
    const claims = await this.#claims.of(row.asset, [row.reference]);
    if (claims.get(poolRowKey(row))?.how !== 'bound') throw unfit(decided.incident, CLAIMED);
  }

  async #row({ incident }: Decided): Promise<PoolWithdrawal> {
    const row = rowOf(incident);
    if (!row) throw unfit(incident, 'it is not about a row of the pool');
    return this.#listed.asNow(row);
  }

  /** The hold that stood for a late payment ends with the last decision about the withdrawal, and it goes on. */
  async releaseIfDecided(withdrawal: Withdrawal, { except, by }: { except: string; by: ActingParty }): Promise<void> {
    if (withdrawal.holdReason !== LATE_HOLD) return;
    const open = await this.#incidents.findOpen({ withdrawalId: withdrawal.id });
    if (open.some(({ id, closedAt }) => id !== except && !closedAt)) return;
    await this.#mover.release(withdrawal, { by, detail: { hold: LATE_HOLD } });
    if (!canMove('dispatch', withdrawal.status)) return;
    await tryNow(withdrawal, { payoutAttempts: this.#payoutAttempts, jobs: this.#jobs });
  }

  #facts({ by, input }: Decided, attemptId: string) {
    return { by, attemptId, reason: input.note };
  }

  async #book(decided: Decided, booking: Booking): Promise<void> {
    const { incident, withdrawal, by, proposedBy, input } = decided;
    const [id = ''] = await this.#ledger.post([
      {
        ...booking,
        ...{ memberId: withdrawal?.memberId, walletId: incident.walletId ?? undefined, withdrawalId: withdrawal?.id },
        ...{ incidentId: incident.id, reason: input.note, validatorId: proposedBy, by },
      },
    ]);
    this.#audit.record({
      action: booking.kind === 'WRITEOFF' ? 'ledger.written_off' : 'ledger.adjusted',
      subject: { type: 'ledger', id },
      by,
      reason: input.note,
      after: { incident: incident.id, asset: booking.amount.asset, amount: booking.amount.toString(), proposedBy },
    });
  }
}

interface Booking {
  readonly kind: 'ADJUST' | 'WRITEOFF';
  readonly amount: Amount;
  readonly debit?: Account;
  readonly credit: Account;
}

function payment({ incident, withdrawal, attempt }: Decided) {
  if (withdrawal && attempt) return { withdrawal, attempt };
  throw unfit(incident, 'it is not about a payment of ours');
}

const CLAIMED = 'this row belongs to something else by now';

const unfit = ({ id, kind }: Incident, text: string): DomainError =>
  new DomainError('incident.decision_unfit', text, { detail: { id, kind } });
