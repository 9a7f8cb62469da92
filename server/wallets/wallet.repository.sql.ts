import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { cursorInstant, pageOf } from '#server/database/keyset-sql.ts';
import { sql } from '#server/database/sql.ts';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { cappedTotal, fromCursor, TOTAL_MAX } from '#server/kernel/keyset.ts';
import type { Page } from '#server/kernel/wire.ts';
import type { TransactionView, WalletListInput } from './contract.ts';
import type { TransactionKind, TransactionStatus, WalletStatus } from './statuses.ts';
import { Wallet } from './wallet.entity.ts';
import type { TransactionQuery, TransactionRecord, WalletRecord, WalletRepository } from './wallet.repository.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export class SqlWalletRepository implements WalletRepository {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  async saveWallet({ sealedKey, ...record }: WalletRecord): Promise<void> {
    const pauseReason = record.status === 'paused' ? record.pauseReason : null;
    await this.#em.upsert(Wallet, { ...record, pauseReason, encryptedKey: sealedKey }, { onConflictFields: ['id'] });
  }

  async findWallet(id: string): Promise<WalletRecord | null> {
    return toRecord(await this.#em.findOne(Wallet, { id }));
  }

  async lockWallet(id: string): Promise<WalletRecord | null> {
    return toRecord(await this.#em.findOne(Wallet, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true }));
  }

  async wallets({ filter, cursor, limit }: WalletListInput): Promise<Page<WalletRecord>> {
    const from = fromCursor(cursor);
    const { where, parameters } = walletFilter(filter);
    const raw = await sql<RawWallet>(
      this.#em,
      `select id, member_id, address, status, pause_reason, created_at, updated_at, ${cursorInstant('created_at')} as cursor_at
       from wallets where ${where} ${from ? 'and (created_at, id) < (?::timestamptz, ?::uuid)' : ''}
       order by created_at desc, id desc limit ?`,
      [...parameters, ...(from ? [from.at, from.id] : []), limit + 1],
    );
    const [counted] = await sql<{ count: number }>(
      this.#em,
      `select count(*)::int as count from (select 1 from wallets where ${where} limit ?) capped`,
      [...parameters, TOTAL_MAX + 1],
    );
    return { ...pageOf(raw, limit, toWallet), total: cappedTotal(counted?.count ?? 0) };
  }

  async logTransaction(record: TransactionRecord): Promise<void> {
    await sql(
      this.#em,
      `insert into wallet_transactions (id, wallet_id, attempt_id, kind, asset, amount, to_address, status, txid, token,
         error, created_at, updated_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now(), now())
       on conflict (attempt_id) do update set status = excluded.status, error = excluded.error,
         txid = coalesce(excluded.txid, wallet_transactions.txid),
         token = coalesce(excluded.token, wallet_transactions.token), updated_at = now()`,
      [
        newId(),
        record.walletId,
        record.attemptId,
        record.kind,
        record.amount.asset,
        record.amount.toString(),
        record.to,
        record.status,
        record.txid,
        record.token,
        record.error,
      ],
    );
  }

  async transactions({ walletId, cursor, limit }: TransactionQuery): Promise<Page<TransactionView>> {
    const from = fromCursor(cursor);
    const raw = await sql<RawTransaction>(
      this.#em,
      `select *, ${cursorInstant('created_at')} as cursor_at from wallet_transactions
       where wallet_id = ? ${from ? 'and (created_at, id) < (?::timestamptz, ?::uuid)' : ''}
       order by created_at desc, id desc limit ?`,
      [walletId, ...(from ? [from.at, from.id] : []), limit + 1],
    );
    const [counted] = await sql<{ count: number }>(
      this.#em,
      'select count(*)::int as count from (select 1 from wallet_transactions where wallet_id = ? limit ?) capped',
      [walletId, TOTAL_MAX + 1],
    );
    return { ...pageOf(raw, limit, toTransaction), total: cappedTotal(counted?.count ?? 0) };
  }
}

function walletFilter({ memberId, status, q }: WalletListInput['filter']) {
  const conditions = ['true'];
  const parameters: string[] = [];
  const add = (condition: string, ...values: string[]) => {
    conditions.push(condition);
    parameters.push(...values);
  };
  if (memberId) add('member_id = ?', memberId);
  if (status) add('status = ?', status);
  if (q && UUID.test(q)) add('(id = ?::uuid or member_id = ?)', q, q);
  else if (q) add('(member_id = ? or address = ?)', q, q);
  return { where: conditions.join(' and '), parameters };
}

const toRecord = (wallet: Wallet | null): WalletRecord | null =>
  wallet && {
    id: wallet.id,
    memberId: wallet.memberId,
    address: wallet.address ?? null,
    sealedKey: wallet.encryptedKey ?? null,
    status: wallet.status,
    pauseReason: wallet.pauseReason ?? null,
    createdAt: wallet.createdAt,
    updatedAt: wallet.updatedAt,
  };

const toWallet = (row: RawWallet): WalletRecord => ({
  id: row.id,
  memberId: row.member_id,
  address: row.address,
  // A list never needs a key, so it does not read one.
  sealedKey: null,
  status: row.status,
  pauseReason: row.pause_reason,
  createdAt: new Date(row.created_at),
  updatedAt: new Date(row.updated_at),
});

const toTransaction = (row: RawTransaction): TransactionView => ({
  id: row.id,
  walletId: row.wallet_id,
  kind: row.kind,
  asset: row.asset,
  amount: Amount.fromDecimal(row.asset, row.amount).toString(),
  to: row.to_address,
  status: row.status,
  txid: row.txid,
  error: row.error,
  createdAt: new Date(row.created_at).toISOString(),
  updatedAt: new Date(row.updated_at).toISOString(),
});

interface RawWallet {
  readonly id: string;
  readonly cursor_at: string;
  readonly member_id: string;
  readonly address: string | null;
  readonly status: WalletStatus;
  readonly pause_reason: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

interface RawTransaction {
  readonly id: string;
  readonly cursor_at: string;
  readonly wallet_id: string;
  readonly kind: TransactionKind;
  readonly asset: string;
  readonly amount: string;
  readonly to_address: string;
  readonly status: TransactionStatus;
  readonly txid: string | null;
  readonly error: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}
