import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { pageInMemory } from '#server/kernel/memory-page.ts';
import type { Page } from '#server/kernel/wire.ts';
import type { MiningWithdrawalView } from './contract.ts';
import type {
  MiningBalanceRecord,
  MiningRepository,
  MiningWithdrawalQuery,
  WithdrawalRecord,
} from './mining.repository.ts';
import type { PoolHashRate, PoolProject } from './pool.port.ts';
import type { BalanceKind } from './statuses.ts';

/** The same behaviour without a database, for tests of the services. */
export class MemoryMiningRepository implements MiningRepository {
  readonly #balances = new Map<string, MiningBalanceRecord>();
  readonly #withdrawals = new Map<string, MiningWithdrawalView>();
  #project: (PoolProject & { readonly readAt: Date }) | null = null;
  #hashRate: PoolHashRate | null = null;

  async upsertBalance(record: MiningBalanceRecord): Promise<void> {
    const { owner, kind, asset, day } = record;
    this.#balances.set([owner.type, owner.id, kind, asset, day].join('|'), {
      ...record,
      amount: canonical(record.amount),
      available: canonical(record.available),
      locked: canonical(record.locked),
      price: canonical(record.price),
    });
  }

  async newestBalances(owner: MiningBalanceRecord['owner'], kind: BalanceKind): Promise<MiningBalanceRecord[]> {
    const all = await this.balancesSince(owner, kind, '0000-01-01');
    return all.filter(({ day }) => day === all[0]?.day);
  }

  async balancesSince(
    owner: MiningBalanceRecord['owner'],
    kind: BalanceKind,
    day: string,
  ): Promise<MiningBalanceRecord[]> {
    return [...this.#balances.values()]
      .filter((each) => each.owner.type === owner.type && each.owner.id === owner.id)
      .filter((each) => each.kind === kind && each.day >= day)
      .sort((a, b) => (a.day === b.day ? compare(a.asset, b.asset) : compare(b.day, a.day)));
  }

  async saveProject(project: PoolProject, readAt: Date): Promise<void> {
    const name = project.name ?? this.#project?.name ?? null;
    const account = project.account ?? this.#project?.account ?? null;
    this.#project = { name, account, readAt };
  }

  async project(): Promise<(PoolProject & { readonly readAt: Date }) | null> {
    return this.#project;
  }

  async saveHashRate(rate: PoolHashRate): Promise<void> {
    this.#hashRate = rate;
  }

  async hashRate(): Promise<PoolHashRate | null> {
    return this.#hashRate;
  }

  async logWithdrawal(record: WithdrawalRecord): Promise<void> {
    const kept = this.#withdrawals.get(record.attemptId);
    const now = new Date().toISOString();
    this.#withdrawals.set(record.attemptId, {
      id: kept?.id ?? newId(),
      withdrawalId: record.withdrawalId,
      attemptNo: record.attemptNo,
      asset: record.amount.asset,
      amount: record.amount.toString(),
      fee: canonical(record.fee) ?? kept?.fee ?? null,
      status: record.status,
      reference: record.reference ?? kept?.reference ?? null,
      // It knows nothing of people: what they said is in the database alone.
      saidByPeople: false,
      rawStatus: record.rawStatus ?? kept?.rawStatus ?? null,
      error: record.error,
      createdAt: kept?.createdAt ?? now,
      updatedAt: now,
    });
  }

  async withdrawals({ asset, ...page }: MiningWithdrawalQuery): Promise<Page<MiningWithdrawalView>> {
    const all = [...this.#withdrawals.values()].filter((row) => !asset || row.asset === asset);
    return pageInMemory(all, (row) => row.createdAt, page);
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const canonical = (text: string | null | undefined): string | null =>
  text == null ? null : Amount.fromDecimal('', text).toString();
