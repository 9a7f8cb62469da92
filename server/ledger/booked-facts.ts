import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { Account } from './accounts.ts';
import { LedgerTransaction } from './ledger.entity.ts';
import { debit, type Leg } from './legs.ts';

/** What the platform reported as paid on to the member. */
export interface Handover {
  readonly reference: string;
  readonly reportedBy: string;
  /** When the member was paid, as reported. */
  readonly at: Date;
}

/** What the books already say of a withdrawal or an incident, for those who decide what is booked next. */
export class BookedFacts {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  async handover(withdrawalId: string): Promise<Handover | null> {
    const booked = await this.#em.findOne(LedgerTransaction, { kind: 'HANDOVER', withdrawalId });
    return booked && { reference: booked.reference ?? '', reportedBy: booked.actorId, at: booked.effectiveAt };
  }

  /** Whether a payment to a member was reported under this name, of whichever withdrawal. */
  async isReported(asset: string, reference: string): Promise<boolean> {
    return (await this.#em.findOne(LedgerTransaction, { kind: 'HANDOVER', asset, reference })) !== null;
  }

  /** Whether two people have booked a payment of this name as the company's own. */
  async isDeposited(asset: string, reference: string): Promise<boolean> {
    return (await this.#em.findOne(LedgerTransaction, { kind: 'DEPOSIT', asset, reference })) !== null;
  }

  /** What of a late payment out of a wallet was booked as late; the rest had been written off as a shortage before. */
  async late(attemptId: string, asset: string): Promise<Amount> {
    const [row] = await sql<{ late: string }>(
      this.#em,
      `select coalesce(-sum(e.amount), 0)::text as late from ledger_transactions t
         join ledger_entries e on e.transaction_id = t.id and e.code = 'chain:' || t.wallet_id
       where t.kind = 'LATE' and t.attempt_id = ? and t.asset = ?`,
      [attemptId, asset],
    );
    return Amount.fromDecimal(asset, row?.late ?? '0');
  }

  /**
   * Where the amount of a late payment out of a wallet stands that nobody has taken: what LATE and the decision about it
   * booked, beside the wallet itself.
   */
  async lateStands(attemptId: string, asset: string): Promise<Leg[]> {
    const rows = await sql<Account & { amount: string }>(
      this.#em,
      `select a.code, a.bucket, a.member_id as "memberId", a.wallet_id as "walletId", sum(e.amount)::text as amount
       from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
         join ledger_accounts a on (a.code, a.asset) = (e.code, e.asset)
       where t.asset = ? and a.bucket <> 'chain' and (t.kind = 'LATE' and t.attempt_id = ?
         or t.kind in ('WRITEOFF', 'ADJUST') and t.incident_id in (
           select id from incidents where kind = 'late_success' and attempt_id = ?))
       group by a.code, a.bucket, a.member_id, a.wallet_id`,
      [asset, attemptId, attemptId],
    );
    return rows.map(({ amount, ...account }) => debit(account, Amount.fromDecimal(asset, amount)));
  }

  async isBooked(kind: 'ADOPT', attemptId: string): Promise<boolean> {
    return (await this.#em.findOne(LedgerTransaction, { kind, attemptId })) !== null;
  }

  /** What is still owed to the member for a withdrawal. */
  async owed(withdrawalId: string, asset: string): Promise<Amount> {
    const [row] = await sql<{ owed: string }>(
      this.#em,
      `select coalesce(-sum(e.amount), 0)::text as owed from ledger_transactions t
         join ledger_entries e on e.transaction_id = t.id
         join ledger_accounts a on (a.code, a.asset) = (e.code, e.asset)
       where t.withdrawal_id = ? and t.asset = ? and a.bucket = 'payable'`,
      [withdrawalId, asset],
    );
    return Amount.fromDecimal(asset, row?.owed ?? '0');
  }

  /** What an incident of a wallet has not explained yet. */
  async unexplained(incidentId: string, asset: string): Promise<Amount> {
    const [row] = await sql<{ rest: string }>(
      this.#em,
      `select coalesce(sum(e.amount), 0)::text as rest from ledger_transactions t
         join ledger_entries e on e.transaction_id = t.id and e.code = 'suspense:mblock'
       where t.incident_id = ? and t.asset = ?`,
      [incidentId, asset],
    );
    return Amount.fromDecimal(asset, row?.rest ?? '0');
  }
}
