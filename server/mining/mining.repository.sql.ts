import type { EntityManager } from '@mikro-orm/postgresql';
import { cursorInstant, pageOf } from '#server/database/keyset-sql.ts';
import { sql } from '#server/database/sql.ts';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { cappedTotal, fromCursor, TOTAL_MAX } from '#server/kernel/keyset.ts';
import type { Page } from '#server/kernel/wire.ts';
import type { MiningWithdrawalView } from './contract.ts';
import { MiningBalance, PoolHashRateRow, PoolProjectRow } from './mining.entity.ts';
import type {
  MiningBalanceRecord,
  MiningRepository,
  MiningWithdrawalQuery,
  WithdrawalRecord,
} from './mining.repository.ts';
import type { PoolHashRate, PoolProject } from './pool.port.ts';
import type { BalanceKind, MiningWithdrawalStatus } from './statuses.ts';

const PROVIDER = 'hashdam';

export class SqlMiningRepository implements MiningRepository {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  async upsertBalance(record: MiningBalanceRecord): Promise<void> {
    await this.#em.upsert(
      MiningBalance,
      {
        id: newId(),
        ownerType: record.owner.type,
        ownerId: record.owner.id,
        kind: record.kind,
        asset: record.asset,
        day: record.day,
        amount: record.amount,
        available: record.available ?? null,
        locked: record.locked ?? null,
        price: record.price ?? null,
        readAt: record.readAt,
      },
      {
        onConflictFields: ['ownerType', 'ownerId', 'kind', 'asset', 'day'],
        onConflictExcludeFields: ['id'],
        disableIdentityMap: true,
      },
    );
  }

  newestBalances(owner: MiningBalanceRecord['owner'], kind: BalanceKind): Promise<MiningBalanceRecord[]> {
    return this.#balances(
      `day = (select max(day) from mining_balances where owner_type = ? and owner_id = ? and kind = ?)
       and owner_type = ? and owner_id = ? and kind = ? order by asset`,
      [owner.type, owner.id, kind, owner.type, owner.id, kind],
    );
  }

  balancesSince(owner: MiningBalanceRecord['owner'], kind: BalanceKind, day: string): Promise<MiningBalanceRecord[]> {
    return this.#balances('owner_type = ? and owner_id = ? and kind = ? and day >= ?::date order by day desc, asset', [
      owner.type,
      owner.id,
      kind,
      day,
    ]);
  }

  async saveProject(project: PoolProject, readAt: Date): Promise<void> {
    const { name, account } = project;
    await this.#em.upsert(PoolProjectRow, {
      provider: PROVIDER,
      ...(name !== null && { name }),
      ...(account !== null && { account }),
      readAt,
    });
  }

  async project(): Promise<(PoolProject & { readonly readAt: Date }) | null> {
    const row = await this.#em.findOne(PoolProjectRow, { provider: PROVIDER });
    return row && { name: row.name ?? null, account: row.account ?? null, readAt: row.readAt };
  }

  async saveHashRate(rate: PoolHashRate, readAt: Date): Promise<void> {
    await this.#em.upsert(PoolHashRateRow, { provider: PROVIDER, ...rate, at: new Date(rate.at), readAt });
  }

  async hashRate(): Promise<PoolHashRate | null> {
    const row = await this.#em.findOne(PoolHashRateRow, { provider: PROVIDER });
    return (
      row && {
        at: row.at.toISOString(),
        last24h: plain(row.last24h),
        last1h: plain(row.last1h),
        last10m: plain(row.last10m),
        efficiency: plain(row.efficiency),
        reject: plain(row.reject),
      }
    );
  }

  async logWithdrawal(record: WithdrawalRecord): Promise<void> {
    await sql(
      this.#em,
      `insert into mining_withdrawals (id, withdrawal_id, attempt_id, attempt_no, asset, amount, fee, status, reference,
         raw_status, error, created_at, updated_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now(), now())
       on conflict (attempt_id) do update set status = excluded.status,
         reference = coalesce(excluded.reference, mining_withdrawals.reference),
         fee = coalesce(excluded.fee, mining_withdrawals.fee), error = excluded.error,
         raw_status = coalesce(excluded.raw_status, mining_withdrawals.raw_status), updated_at = now()`,
      [
        newId(),
        record.withdrawalId,
        record.attemptId,
        record.attemptNo,
        record.amount.asset,
        record.amount.toString(),
        record.fee,
        record.status,
        record.reference,
        record.rawStatus,
        record.error,
      ],
    );
  }

  async withdrawals({ asset, cursor, limit }: MiningWithdrawalQuery): Promise<Page<MiningWithdrawalView>> {
    const from = fromCursor(cursor);
    const where = asset ? 'asset = ?' : 'true';
    const filter = asset ? [asset] : [];
    const raw = await sql<RawWithdrawal>(
      this.#em,
      `select *, ${cursorInstant('created_at')} as cursor_at, ${SAID_BY_PEOPLE} as said_by_people
       from mining_withdrawals m
       where ${where} ${from ? 'and (created_at, id) < (?::timestamptz, ?::uuid)' : ''}
       order by created_at desc, id desc limit ?`,
      [...filter, ...(from ? [from.at, from.id] : []), limit + 1],
    );
    const [counted] = await sql<{ count: number }>(
      this.#em,
      `select count(*)::int as count from (select 1 from mining_withdrawals where ${where} limit ?) capped`,
      [...filter, TOTAL_MAX + 1],
    );
    return { ...pageOf(raw, limit, toView), total: cappedTotal(counted?.count ?? 0) };
  }

  async #balances(where: string, parameters: unknown[]): Promise<MiningBalanceRecord[]> {
    const rows = await sql<RawBalance>(
      this.#em,
      `select owner_type, owner_id, kind, asset, to_char(day, 'YYYY-MM-DD') as day, amount, available, locked, price, read_at
       from mining_balances where ${where}`,
      parameters,
    );
    return rows.map((row) => ({
      owner: { type: row.owner_type, id: row.owner_id },
      kind: row.kind,
      asset: row.asset,
      day: row.day,
      amount: row.amount && plain(row.amount),
      available: row.available && plain(row.available),
      locked: row.locked && plain(row.locked),
      price: row.price && plain(row.price),
      readAt: new Date(row.read_at),
    }));
  }
}

/** `numeric` text without its trailing zeros. */
const plain = (text: string): string => Amount.fromDecimal('', text).toString();

const toView = (row: RawWithdrawal): MiningWithdrawalView => ({
  id: row.id,
  withdrawalId: row.withdrawal_id,
  attemptNo: row.attempt_no,
  asset: row.asset,
  amount: plain(row.amount),
  fee: row.fee && plain(row.fee),
  status: row.status,
  reference: row.reference,
  saidByPeople: row.said_by_people,
  rawStatus: row.raw_status,
  error: row.error,
  createdAt: new Date(row.created_at).toISOString(),
  updatedAt: new Date(row.updated_at).toISOString(),
});

/** Of the attempt that the line is about. */
const SAID_BY_PEOPLE = `(m.status = 'completed' and exists (select 1 from payout_attempts a
  where a.id = m.attempt_id and a.closed_by_people and not exists (
    select 1 from pool_row_claims c where c.attempt_id = a.id)))`;

interface RawWithdrawal {
  readonly said_by_people: boolean;
  readonly id: string;
  readonly cursor_at: string;
  readonly withdrawal_id: string;
  readonly attempt_no: number;
  readonly asset: string;
  readonly amount: string;
  readonly fee: string | null;
  readonly status: MiningWithdrawalStatus;
  readonly reference: string | null;
  readonly raw_status: string | null;
  readonly error: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

interface RawBalance {
  readonly owner_type: 'project' | 'member';
  readonly owner_id: string;
  readonly kind: BalanceKind;
  readonly asset: string;
  readonly day: string;
  readonly amount: string | null;
  readonly available: string | null;
  readonly locked: string | null;
  readonly price: string | null;
  readonly read_at: string;
}
