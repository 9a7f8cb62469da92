import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '#server/database/database-now.ts';
import { insertJobs } from '#server/database/job-rows.ts';
import { sql } from '#server/database/sql.ts';
import { insertOf, writeAtCommit } from '#server/database/write-at-commit.ts';
import { newId } from '#server/kernel/ids.ts';
import type { ProviderName } from '#server/kernel/provider-outcome.ts';
import { PayoutAttempt, PayoutEvidence } from './payout-attempt.entity.ts';
import { FIRST_TOLD_AGAIN_AFTER_MS } from './payout-policy.ts';
import { OPEN_ATTEMPT_STATUSES } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import { lockedWithdrawal } from './withdrawal.repository.ts';

/** Loads and keeps attempts and what was seen of them. Lock order for everybody: withdrawal, attempt, wallet, accounts. */
export class PayoutAttemptRepository {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  attempts(withdrawalId: string): Promise<PayoutAttempt[]> {
    return this.#em.find(PayoutAttempt, { withdrawalId }, { orderBy: { no: 'asc' } });
  }

  /** Of what was written: one that this session is about to open or to close is not looked at. */
  async hasOpenAttempt(withdrawalId: string): Promise<boolean> {
    const text = 'select 1 from payout_attempts where withdrawal_id = ? and status = any(?::text[]) limit 1';
    return (await sql(this.#em, text, [withdrawalId, [...OPEN_ATTEMPT_STATUSES]])).length > 0;
  }

  findAttempt(id: string): Promise<PayoutAttempt | null> {
    return this.#em.findOne(PayoutAttempt, { id });
  }

  /** With the wallets it moves between, in one order for everybody: they are next in the lock order. */
  async lockAttempt(id: string): Promise<PayoutAttempt> {
    return (await this.#lockAttempt(id)).attempt;
  }

  /** A withdrawal and one of its attempts, both locked, and the instant when they were; null when there is no such attempt. */
  async lockTurn(attemptId: string): Promise<LockedAttempt | null> {
    const where = 'id = (select withdrawal_id from payout_attempts where id = ?)';
    const withdrawal = await lockedWithdrawal(this.#em, where, [attemptId]);
    return withdrawal && { withdrawal, ...(await this.#lockAttempt(attemptId)) };
  }

  async #lockAttempt(id: string): Promise<Omit<LockedAttempt, 'withdrawal'>> {
    const text = 'select *, clock_timestamp() as locked_at from payout_attempts where id = ? for update';
    const [found] = await sql<{ locked_at: Date | string }>(this.#em, text, [id]);
    if (!found) throw new TypeError(`there is no attempt ${id}`);
    const { locked_at: lockedAt, ...row } = found;
    const attempt = this.#em.map(PayoutAttempt, row);
    // Whoever wants the attempt has locked its withdrawal before: nobody waited for it, and its clock is that of now.
    if (!attempt.walletId) return { attempt, now: new Date(lockedAt) };
    const wallets = 'select 1 from wallets where id = ? or lower(address) = lower(?) order by id for no key update';
    await sql(this.#em, wallets, [attempt.walletId, attempt.toAddress]);
    return { attempt, now: await this.databaseNow() };
  }

  /**
   * Counts a look at an attempt that was found as it was, and orders the next one, as `orderLook` does. False when somebody changed it since it
   * was read, when its time is over, or when it is so old that people may have to hear of it again.
   */
  async noteLook({ id, version }: PayoutAttempt, nextAfterMs: number): Promise<boolean> {
    const noted = await sql(
      this.#em,
      `with next as (
         select date_trunc('milliseconds', clock_timestamp()) + ? * interval '1 millisecond' as at, clock_timestamp() as now),
       noted as (
         update payout_attempts a set looks = looks + 1, looked_at = next.now, version = version + 1,
           next_look_at = case when next_look_at > next.now and next_look_at <= next.at then next_look_at else next.at end
         from next
         where id = ? and version = ? and status = 'submitted' and deadline_at > next.now
           and fenced_at > next.now - ? * interval '1 millisecond'
         returning id, next_look_at),
       sent as (${insertJobs(`
         select ?::uuid as id, 'payout.look-up' as name, noted.next_look_at as start_after,
           jsonb_build_object('attemptId', noted.id, 'at', noted.next_look_at) as data
         from noted join payout_attempts was on was.id = noted.id
         where was.next_look_at is distinct from noted.next_look_at`)})
       select 1 from noted`,
      [Math.round(nextAfterMs), id, version, FIRST_TOLD_AGAIN_AFTER_MS, newId()],
    );
    return noted.length > 0;
  }

  addAttempt(data: Omit<PayoutAttempt, keyof AttemptVerbs | 'version'>): PayoutAttempt {
    const attempt = this.#em.create(PayoutAttempt, data);
    this.#em.persist(attempt);
    return attempt;
  }

  addEvidence(evidence: Pick<PayoutEvidence, 'id' | 'attemptId' | 'kind' | 'body' | 'at'>): void {
    const { attemptId: attempt_id, ...rest } = evidence;
    writeAtCommit(this.#em, EVIDENCE, { ...rest, attempt_id });
  }

  /** What was seen of an attempt, oldest first: of what each look shows the newest, of what was said or attached all. */
  async evidence(attemptId: string): Promise<PayoutEvidence[]> {
    const text = `select * from payout_evidence where attempt_id = ? and (kind not in (${LOOKS}) or id in (select id
      from payout_evidence where attempt_id = ? and kind in (${LOOKS}) order by id desc limit ${LOOKS_MAX})) order by id`;
    return (await sql(this.#em, text, [attemptId, attemptId])).map((row) => this.#em.map(PayoutEvidence, row));
  }

  /** Attempts of other withdrawals that may pay, or have paid unnamed, the same amount of the same asset. */
  similarAttempts({ id, provider, asset, amount }: PayoutAttempt): Promise<PayoutAttempt[]> {
    return this.#em.find(
      PayoutAttempt,
      { provider, asset, amount, id: { $ne: id }, status: { $in: [...OPEN_ATTEMPT_STATUSES] } },
      { orderBy: { fencedAt: 'asc' }, limit: SIMILAR_MAX },
    );
  }

  /** Whether an unnamed payment of this provider, asset and amount may be on its way: two could not be told apart. */
  async slotTaken(slot: { provider: ProviderName; asset: string; amount: string }): Promise<boolean> {
    const taken = await this.#em.findOne(PayoutAttempt, {
      ...slot,
      status: { $in: ['dispatching', 'unknown'] },
      reference: null,
    });
    return taken !== null;
  }

  /** Whether something is moving out of the wallet, or its key is being changed. */
  async walletSlotTaken(walletId: string): Promise<boolean> {
    return (await sql(this.#em, 'select 1 from wallet_slots where wallet_id = ?', [walletId])).length > 0;
  }

  /** Counts whatever was booked of the chain in a wallet, and every end of a payment from or to it. */
  async walletVersion(walletId: string): Promise<number> {
    const [row] = await sql<{ version: number }>(this.#em, 'select version from wallets where id = ?', [walletId]);
    return row?.version ?? 0;
  }

  /** Whether another attempt has this reference already: then it names nothing, and the outcome is not known. */
  async referenceUsed(attempt: PayoutAttempt, reference: string): Promise<boolean> {
    const { provider, asset, amount, id } = attempt;
    const named =
      provider === 'mblock'
        ? { text: 'lower(reference) = lower(?)', parameters: [reference] }
        : { text: 'asset = ? and amount = ? and reference = ?', parameters: [asset, amount, reference] };
    const text = `select 1 from payout_attempts where provider = ? and id <> ? and ${named.text} limit 1`;
    return (await sql(this.#em, text, [provider, id, ...named.parameters])).length > 0;
  }

  /** Whether another payout out of a wallet has this transaction, as its payment or as its gas. */
  async txidTaken({ id }: { readonly id: string | null }, txid: string): Promise<boolean> {
    const rows = await sql(
      this.#em,
      `select 1 from payout_attempts where provider = 'mblock' and id is distinct from ?
         and (lower(reference) = lower(?) or lower(fee_reference) = lower(?)) limit 1`,
      [id, txid, txid],
    );
    return rows.length > 0;
  }

  /** Whether a payout out of a wallet has this transaction, as its payment or as its gas. */
  hasTxid(txid: string): Promise<boolean> {
    return this.txidTaken({ id: null }, txid);
  }

  /** Whether people closed another attempt of the very same payment as not paid, without a name it could be told by. */
  async hasNamelessTwin({ id, walletId, asset, amount, toAddress }: PayoutAttempt): Promise<boolean> {
    const same = { walletId, asset, amount, toAddress };
    const unpaid = { closedByPeople: true, status: 'not_executed', reference: null } as const;
    return (await this.#em.findOne(PayoutAttempt, { ...same, ...unpaid, id: { $ne: id } })) !== null;
  }

  /** Whether the provider has posted anything about it: then it cannot simply have refused it. */
  async wasReported({ id }: PayoutAttempt): Promise<boolean> {
    return (await sql(this.#em, 'select 1 from wallet_callbacks where attempt_id = ? limit 1', [id])).length > 0;
  }

  async sendByHasPassed(attemptId: string): Promise<boolean> {
    const text = 'select 1 from payout_attempts where id = ? and send_by > clock_timestamp()';
    return (await sql(this.#em, text, [attemptId])).length === 0;
  }

  /** Until when the provider, by its replies, asked to be left alone with this payout; null when that is over, or was never. */
  async askedToWaitUntil(withdrawalId: string): Promise<Date | null> {
    const [row] = await sql<{ until: Date | string | null }>(
      this.#em,
      `select max(until) as until from (
         select e.at + (e.body->>'retryAfterMs')::numeric * interval '1 millisecond' as until
         from payout_evidence e join payout_attempts a on a.id = e.attempt_id
         where a.withdrawal_id = ? and e.kind = 'reply') asked
       where until > clock_timestamp()`,
      [withdrawalId],
    );
    return row?.until ? new Date(row.until) : null;
  }

  /** The database's clock: leases and deadlines are measured by it alone, whichever process asks. */
  databaseNow(): Promise<Date> {
    return databaseNow(this.#em);
  }
}

/** Both rows locked until the end of the transaction. `now` is the database's clock right after. */
export interface LockedAttempt {
  readonly withdrawal: Withdrawal;
  readonly attempt: PayoutAttempt;
  readonly now: Date;
}

const EVIDENCE = insertOf('payout_evidence', ['id', 'attempt_id', 'kind', 'body', 'at']);
/** One look at the provider more writes one of these more, for as long as the outcome is open. */
const LOOKS = `'history', 'balance', 'receipt'`;
const LOOKS_MAX = 200;
const SIMILAR_MAX = 20;

type AttemptVerbs = Pick<PayoutAttempt, 'money' | 'move' | 'replyDueAt'>;
