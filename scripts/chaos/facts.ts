import type { JournalEntry } from '#server/simulators/index.ts';
import { withClient } from '../database/index.ts';
import { tellVendor } from '../local/vendor-control.ts';

export interface WithdrawalFact {
  readonly id: string;
  readonly kind: string;
  readonly asset: string;
  readonly amount: string;
  readonly status: string;
  readonly wait: string | null;
  readonly walletId: string | null;
}

export interface AttemptFact {
  readonly id: string;
  readonly withdrawalId: string;
  readonly asset: string;
  readonly amount: string;
  readonly status: string;
  readonly reference: string | null;
}

export interface PostingFact {
  readonly kind: string;
  readonly withdrawalId: string;
  readonly attemptId: string | null;
}

export interface AuditFact {
  readonly withdrawalId: string;
  readonly action: string;
  readonly from: string | null;
  readonly to: string | null;
  /** Row of the state machine. */
  readonly row: string | null;
  /** A late payment whose loss people had written off already: the books have it. */
  readonly writtenOff: boolean;
}

/** Everything there is to compare: what the vendors did, and what the product's books and records say. */
export interface Facts {
  readonly journal: readonly JournalEntry[];
  readonly withdrawals: readonly WithdrawalFact[];
  readonly attempts: readonly AttemptFact[];
  readonly postings: readonly PostingFact[];
  /** In the order of what happened. */
  readonly audit: readonly AuditFact[];
  /** `withdrawal operator`, of the revision that stands. */
  readonly votes: readonly { readonly withdrawalId: string; readonly operatorId: string }[];
  readonly pausedWallets: readonly string[];
  /** `member asset` of every credit. */
  readonly credits: readonly string[];
  /** Withdrawals of which people have been told that they wait for them. */
  readonly alerts: readonly string[];
}

const QUERIES = {
  withdrawals: `select id, kind, asset, trim_scale(amount)::text as amount, status, wait_reason as wait,
    wallet_id as "walletId" from withdrawals`,
  attempts: `select id, withdrawal_id as "withdrawalId", asset, trim_scale(amount)::text as amount, status, reference
    from payout_attempts order by withdrawal_id, no`,
  postings: `select kind, withdrawal_id as "withdrawalId", attempt_id as "attemptId" from ledger_transactions
    where withdrawal_id is not null`,
  audit: `select subject_id as "withdrawalId", action, before->>'status' as "from", after->>'status' as "to",
    after->>'row' as "row", coalesce((after->>'writtenOff')::numeric >= w.amount, false) as "writtenOff"
    from audit_events a join withdrawals w on w.id::text = a.subject_id where a.subject_type = 'withdrawal' order by a.id`,
  votes: `select withdrawal_id as "withdrawalId", operator_id as "operatorId" from withdrawal_approvals`,
  pausedWallets: `select id from wallets where status = 'paused'`,
  credits: `select distinct a.member_id || ' ' || t.asset as credit from ledger_transactions t
    join ledger_entries e on e.transaction_id = t.id join ledger_accounts a on (a.code, a.asset) = (e.code, e.asset)
    where t.kind = 'CREDIT' and a.member_id is not null`,
  alerts: `select distinct e.withdrawal_id as id from notifications join notification_events e using (id)
    where e.type = 'withdrawal.manual_review'`,
} as const;

type Rows = <Row>(text: string) => Promise<Row[]>;

/** Everything of one instant. */
const atOnce = <T>(databaseUrl: string, read: (rows: Rows) => Promise<T>): Promise<T> =>
  withClient(databaseUrl, async (client) => {
    await client.query('begin isolation level repeatable read, read only');
    const facts = await read(async <Row>(text: string) => (await client.query(text)).rows as Row[]);
    await client.query('commit');
    return facts;
  });

/** How it stands, without the books and the record: for whoever looks every second. */
export type Standing = Pick<Facts, 'withdrawals' | 'attempts' | 'pausedWallets' | 'alerts'>;

const standing = async (rows: Rows): Promise<Standing> => ({
  withdrawals: await rows(QUERIES.withdrawals),
  attempts: await rows(QUERIES.attempts),
  pausedWallets: (await rows<{ id: string }>(QUERIES.pausedWallets)).map(({ id }) => id),
  alerts: (await rows<{ id: string }>(QUERIES.alerts)).map(({ id }) => id),
});

export const readStanding = (databaseUrl: string): Promise<Standing> => atOnce(databaseUrl, standing);

export const readFacts = (databaseUrl: string, journal: readonly JournalEntry[]): Promise<Facts> =>
  atOnce(databaseUrl, async (rows) => ({
    ...(await standing(rows)),
    journal,
    postings: await rows(QUERIES.postings),
    audit: await rows(QUERIES.audit),
    votes: await rows(QUERIES.votes),
    credits: (await rows<{ credit: string }>(QUERIES.credits)).map(({ credit }) => credit),
  }));

/** What both vendors executed, each in its own order. */
export async function journalOf(vendors: { hashdamUrl: string; mblockUrl: string }): Promise<readonly JournalEntry[]> {
  const read = async (url: string) => {
    const { entries } = (await tellVendor(url, 'journal')) as { entries: JournalEntry[] };
    return entries;
  };
  return [...(await read(vendors.hashdamUrl)), ...(await read(vendors.mblockUrl))];
}
