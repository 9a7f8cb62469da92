import type { EntityManager, RequiredEntityData } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { type OpenDelegation, openDelegations } from '#server/delegations/index.ts';
import { Amount } from '#server/kernel/amount.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { OWED, receivableAccount } from '#server/ledger/index.ts';
import { WithdrawalApproval } from './approval.entity.ts';
import { ASKED_WITH } from './asked-with.ts';
import { Withdrawal } from './withdrawal.entity.ts';

/** Loads and keeps withdrawals and votes. What every approval runs is prepared SQL, mapped into the unit of work like any other row. */
export class WithdrawalRepository {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  create(data: Omit<Withdrawal, keyof WithdrawalVerbs | 'version'>): Withdrawal {
    const withdrawal = this.#em.create(Withdrawal, data);
    this.#em.persist(withdrawal);
    return withdrawal;
  }

  async get(id: string): Promise<Withdrawal> {
    return found(await this.#em.findOne(Withdrawal, { id }), id);
  }

  /** The row, locked until the end of the transaction: the first thing every change of a withdrawal does. */
  async lock(id: string): Promise<Withdrawal> {
    return found(await lockedWithdrawal(this.#em, 'id = ?', [id]), id);
  }

  async votes({ id, revision }: Withdrawal): Promise<WithdrawalApproval[]> {
    const text = 'select * from withdrawal_approvals where withdrawal_id = ? and revision = ? order by id';
    return (await sql(this.#em, text, [id, revision])).map((row) => this.#em.map(WithdrawalApproval, row));
  }

  /** Whether somebody wrote past the console: to the row, or to the row and its digest, which those who voted did not see. */
  async isChanged(withdrawal: Withdrawal): Promise<boolean> {
    if (withdrawal.currentDigest() !== withdrawal.digest) return true;
    return (await this.votes(withdrawal)).some(({ digest }) => digest !== withdrawal.digest);
  }

  /** What an approval rests on, as it is now. */
  async standing({ id, revision, digest, memberId, asset }: Withdrawal): Promise<Standing> {
    const [row] = await sql<Omit<Standing, 'now' | 'owed'> & { now: Date | string; owed: string }>(
      this.#em,
      `select clock_timestamp() as now,
         coalesce(json_agg(json_build_array(o.role, b.role)) filter (where v.digest = ? and o.disabled_at is null
           and o.role in ('finance', 'admin') and (o.counts_from > clock_timestamp()) is not true
           and ${hasFactor('o')}), '[]') as groups,
         count(*) filter (where v.digest <> ?)::int as "votesForOther",
         exists (select 1 from incidents
           where kind = 'late_success' and withdrawal_id = ? and closed_at is null) as "lateUndecided",
         ${OWED} as owed
       from withdrawal_approvals v join operators o on o.id = v.operator_id
         left join operators b on b.id = v.behalf_of and b.disabled_at is null
           and (b.counts_from > clock_timestamp()) is not true and ${hasFactor('b')}
       where v.withdrawal_id = ? and v.revision = ?`,
      [digest, digest, id, receivableAccount(memberId).code, asset, id, revision],
    );
    if (!row) throw new Error('the database did not say what the approval rests on');
    return { ...row, now: new Date(row.now), owed: Amount.fromDecimal(asset, row.owed) };
  }

  addVote(data: RequiredEntityData<WithdrawalApproval>): WithdrawalApproval {
    const vote = this.#em.create(WithdrawalApproval, data);
    this.#em.persist(vote);
    return vote;
  }

  /** Who stands in for whom at this moment. */
  delegations(): Promise<OpenDelegation[]> {
    return openDelegations(this.#em);
  }

  /** The people who asked for it, or could have: one human with a session and a key is one human. */
  async askers({ id, requestedByType, requestedById }: Withdrawal): Promise<string[]> {
    if (requestedByType === 'operator') return [requestedById];
    const rows = await sql<{ shown_to: string }>(
      this.#em,
      `select distinct s.shown_to from withdrawals w join api_key_secrets s on ${ASKED_WITH} where w.id = ?`,
      [id],
    );
    return rows.map(({ shown_to }) => shown_to);
  }

  /** Names of operators and API keys, by id. */
  async names(ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const wanted = [...new Set(ids)];
    const rows = await sql<{ id: string; name: string }>(
      this.#em,
      `select id, name from operators where id = any(?::uuid[])
       union all select id, name from api_keys where id = any(?::uuid[])`,
      [wanted, wanted],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** What nobody has sent yet and stands under another version of the policy, a page after an id. */
  async underOtherVersions(version: string, after: string | null): Promise<string[]> {
    const rows = await sql<{ id: string }>(
      this.#em,
      `select id from withdrawals where status in ('pending', 'approved_pending', 'approved', 'retrying')
         and policy_version <> ? and (?::uuid is null or id > ?::uuid) order by id limit ${REQUALIFIED_AT_ONCE}`,
      [version, after, after],
    );
    return rows.map(({ id }) => id);
  }
}

/** The clock is read outside the locking query: after whoever waited for the row has it, not before. */
export async function lockedWithdrawal(em: EntityManager, where: string, of: readonly unknown[]) {
  const [found] = await sql<{ locked_at: Date | string }>(
    em,
    `select w.*, clock_timestamp() as locked_at from (select * from withdrawals where ${where} for update) w`,
    of,
  );
  if (!found) return null;
  const { locked_at: lockedAt, ...row } = found;
  const withdrawal = em.map(Withdrawal, row);
  withdrawal.lockedAt(new Date(lockedAt));
  return withdrawal;
}

export interface Standing {
  /** By the database's clock. */
  readonly now: Date;
  /**
   * The groups of each vote of somebody who may still approve: a right or a second factor that was lost takes its vote with
   * it, and one that was handed on and lost its group. A delegation that has ended since takes nothing.
   */
  readonly groups: readonly (readonly (string | null)[])[];
  /** Cast on other contents than the row keeps. */
  readonly votesForOther: number;
  /** An earlier payment turned out to have run, and people have not decided yet what that means. */
  readonly lateUndecided: boolean;
  /** What the member owes us of this asset. */
  readonly owed: Amount;
}

/** Whose second factor was taken off is nobody who decides until they have another one. */
const hasFactor = (person: 'o' | 'b'): string => `exists (
  select 1 from operator_second_factors f where f.operator_id = ${person}.id and f.confirmed_at is not null)`;

const REQUALIFIED_AT_ONCE = 500;

type WithdrawalVerbs = Pick<
  Withdrawal,
  'money' | 'lockedAt' | 'now' | 'currentDigest' | 'move' | 'wait' | 'hold' | 'release' | 'stand' | 'expiryFrom'
>;

function found(withdrawal: Withdrawal | null, id: string): Withdrawal {
  if (!withdrawal) throw new DomainError('withdrawal.not_found', 'there is no such withdrawal', { detail: { id } });
  return withdrawal;
}
