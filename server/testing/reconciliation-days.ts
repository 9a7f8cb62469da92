import { newId } from '#server/kernel/ids.ts';
import type { TestApplication } from './application.ts';
import { RawBooks } from './raw-books.ts';

const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;
const AT_ONCE = 2_000;
const COINS = ['LTC', 'DOGE', 'BELLS', 'LKY', 'PEP', 'JKC', 'DINGO', 'SHIC'];
export const ACCOUNT = 'treasury@platform.example';
export const FEE = '0.1';

/** A payment that was made: in our books and, unless something is planted, in the pool's list. */
export interface Payment {
  readonly attemptId: string;
  readonly withdrawalId: string;
  readonly reference: string;
  readonly asset: string;
  readonly amount: string;
  readonly madeAtMs: number;
}

/** So many payments, spread evenly over coins and over days that end with yesterday. No two of a coin have one amount. */
export function payments(count: number, days: number): Payment[] {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  return Array.from({ length: count }, (_each, at) => ({
    attemptId: newId(),
    withdrawalId: newId(),
    reference: `R${at}`,
    asset: COINS[at % COINS.length] ?? 'LTC',
    amount: `${1 + (at % 7)}.${String(at + 1).padStart(8, '0')}`.replace(/0+$/, ''),
    madeAtMs: today - (1 + (at % days)) * DAY_MS + ((at * 37) % 86_000) * SECOND_MS,
  }));
}

/** Writes them as settled long ago, past every rule that a payment in the making has to keep. */
export async function settledBefore(app: TestApplication, all: readonly Payment[]): Promise<void> {
  const books = await RawBooks.open(app);
  try {
    for (let at = 0; at < all.length; at += AT_ONCE) {
      const rows = JSON.stringify(all.slice(at, at + AT_ONCE));
      await books.committed(
        ['set local session_replication_role = replica'],
        ...[WITHDRAWALS, ATTEMPTS, CLAIMS, MOVEMENTS, ENTRIES].map((text) => [text, [rows]] as const),
      );
    }
    await books.committed(...TABLES.map((table) => [`analyze ${table}`] as const));
  } finally {
    await books.close();
  }
}

/** What the database would have counted by itself, had the rows come one by one. */
const TABLES = ['withdrawals', 'payout_attempts', 'pool_row_claims', 'ledger_transactions', 'ledger_entries'];

/** The pool lists them. */
export function listedAtPool({ hashdam }: TestApplication, row: Payment & Partial<Listed>): void {
  hashdam.control.addHistoryRow({
    ...{ withdrawId: row.reference, coin: row.asset, amount: row.amount, createAt: row.madeAtMs },
    ...{ fee: row.fee ?? FEE, address: row.address ?? ACCOUNT, type: 'interUser', status: row.status ?? 'completed' },
  });
}

interface Listed {
  readonly fee: string;
  readonly address: string;
  readonly status: string;
}

const GIVEN = `jsonb_to_recordset($1::jsonb) as p ("attemptId" uuid, "withdrawalId" uuid, reference text, asset text,
  amount numeric, "madeAtMs" bigint)`;
const AT = `to_timestamp(p."madeAtMs" / 1000.0)`;

const WITHDRAWALS = `
  insert into withdrawals (id, kind, member_id, asset, amount, destination_address, destination_type, status, policy_version,
    approvals_required, revision, digest, requested_by_type, requested_by_id, requested_at, expires_at, updated_at)
  select p."withdrawalId", 'mining', 'm-reconciled', p.asset, p.amount, '${ACCOUNT}', 'account', 'completed', '1', 1, 1,
    repeat('0', 64), 'api_key', p."withdrawalId", ${AT}, ${AT}, ${AT} from ${GIVEN}`;

const ATTEMPTS = `
  insert into payout_attempts (id, withdrawal_id, no, kind, provider, to_address, asset, amount, digest, status, reference,
    worker, fenced_at, send_by, lease_until, deadline_at, ended_at, updated_at)
  select p."attemptId", p."withdrawalId", 1, 'mining', 'hashdam', '${ACCOUNT}', p.asset, p.amount, repeat('0', 64), 'confirmed',
    p.reference, 'gone', ${AT} - interval '2 seconds', ${AT}, ${AT}, ${AT}, ${AT}, ${AT} from ${GIVEN}`;

const CLAIMS = `
  insert into pool_row_claims (id, provider, reference, asset, amount, row_created_at, how, attempt_id, by_name, type, address,
    fee, failed, claimed_by)
  select gen_random_uuid(), 'hashdam', p.reference, p.asset, p.amount, ${AT}, 'bound', p."attemptId", true, 'interUser',
    '${ACCOUNT}', ${FEE}, false, 'worker' from ${GIVEN}`;

const MOVEMENTS = `
  insert into ledger_transactions (id, kind, asset, member_id, withdrawal_id, attempt_id, actor_type, actor_id, posted_at,
    effective_at)
  select gen_random_uuid(), kind, p.asset, 'm-reconciled', p."withdrawalId", p."attemptId", 'system', 'worker', ${AT}, ${AT}
  from ${GIVEN} cross join (values ('DISPATCH'), ('SETTLE')) kinds (kind)`;

const ENTRIES = `
  insert into ledger_entries (id, transaction_id, code, asset, amount)
  select gen_random_uuid(), t.id, leg.code, p.asset, leg.amount
  from ${GIVEN} join ledger_transactions t on t.attempt_id = p."attemptId" and t.kind = 'SETTLE'
  cross join lateral (values ('company', p.amount), ('expense:pool_fee', ${FEE}), ('pool:hashdam', -p.amount - ${FEE}),
    ('user:m-reconciled:in_flight', p.amount), ('user:m-reconciled:payable', -p.amount)) leg (code, amount)`;

/** The days are compared, as far back as wished. */
export async function reconciled(app: TestApplication, days: number): Promise<string> {
  const day = (ago: number) => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
  const { caller } = await app.signedInAs('finance');
  const { runId } = await caller.reconciliation.run({ from: day(days), to: day(1) });
  await app.jobs.drain('reconciliation.run');
  return runId;
}
