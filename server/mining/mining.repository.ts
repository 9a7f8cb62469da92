import type { Amount } from '#server/kernel/amount.ts';
import type { Page } from '#server/kernel/wire.ts';
import type { MiningWithdrawalView } from './contract.ts';
import type { PoolHashRate, PoolProject } from './pool.port.ts';
import type { BalanceKind, MiningWithdrawalStatus } from './statuses.ts';

/** One figure of one day: a level at the day's cut, or what the day brought. Decimals are plain text. */
export interface MiningBalanceRecord {
  readonly owner: { readonly type: 'project' | 'member'; readonly id: string };
  readonly kind: BalanceKind;
  readonly asset: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly amount: string | null;
  readonly available?: string | null;
  readonly locked?: string | null;
  readonly price?: string | null;
  readonly readAt: Date;
}

/** The pool's side of one attempt. Reference, fee and raw status are kept once known: a later record loses none. */
export interface WithdrawalRecord {
  readonly withdrawalId: string;
  readonly attemptId: string;
  readonly attemptNo: number;
  readonly amount: Amount;
  readonly status: MiningWithdrawalStatus;
  readonly reference: string | null;
  readonly error: string | null;
  readonly fee: string | null;
  readonly rawStatus: string | null;
}

/** What mining keeps. Held to one specification (`mining.repository.spec.ts`) in memory and on Postgres. */
export interface MiningRepository {
  /** Inserts, or replaces the figure of the same owner, kind, asset and day. */
  upsertBalance(record: MiningBalanceRecord): Promise<void>;
  /** The newest day there is of one kind, all its assets, by asset. */
  newestBalances(owner: MiningBalanceRecord['owner'], kind: BalanceKind): Promise<MiningBalanceRecord[]>;
  /** Every figure of one kind from a day on, newest day first, then by asset. */
  balancesSince(owner: MiningBalanceRecord['owner'], kind: BalanceKind, day: string): Promise<MiningBalanceRecord[]>;
  /** What a reply leaves out stays as the pool last said it: only another account is another account. */
  saveProject(project: PoolProject, readAt: Date): Promise<void>;
  project(): Promise<(PoolProject & { readonly readAt: Date }) | null>;
  saveHashRate(rate: PoolHashRate, readAt: Date): Promise<void>;
  hashRate(): Promise<PoolHashRate | null>;
  /** Inserts, or updates the row of the same attempt. */
  logWithdrawal(record: WithdrawalRecord): Promise<void>;
  /** Newest first. */
  withdrawals(query: MiningWithdrawalQuery): Promise<Page<MiningWithdrawalView>>;
}

export interface MiningWithdrawalQuery {
  readonly asset?: string | undefined;
  readonly cursor: string | null;
  readonly limit: number;
}

/** The platform's one project at the pool. */
export const PROJECT = { type: 'project', id: 'hashdam' } as const;
