import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '#server/database/database-now.ts';
import { sql } from '#server/database/sql.ts';
import type { Clock } from '#server/kernel/clock.ts';
import type { ProviderName } from '#server/kernel/provider-outcome.ts';
import { type BreakerPolicy, type BreakerReading, readBreaker } from './breaker.ts';
import type { FreezeView, SystemStatusView } from './contract.ts';
import type { FreezeService } from './freeze.service.ts';
import { ProviderState } from './provider-state.entity.ts';
import type { ProviderCondition } from './statuses.ts';
import { WorkerRegistry } from './worker-registry.ts';

type ProviderStatusView = SystemStatusView['providers'][number];

/** Which encryption keys seal how much, wherever sealed things are kept. */
interface SealedKeysReader {
  progress(): Promise<SystemStatusView['sealedKeys']>;
}

/** What is kept outside the database of the record. */
interface KeptHeadsReader {
  standing(): Promise<SystemStatusView['keptHeads']>;
}

/** How everything stands, for the status page. Looks only. */
export class SystemStatus {
  readonly #em: EntityManager;
  readonly #freezes: FreezeService;
  readonly #sealedKeys: SealedKeysReader;
  readonly #headExport: KeptHeadsReader;
  readonly #policy: BreakerPolicy;
  readonly #clock: Clock;
  readonly #demo: boolean;

  constructor(deps: {
    em: EntityManager;
    freezes: FreezeService;
    sealedKeys: SealedKeysReader;
    headExport: KeptHeadsReader;
    policy: BreakerPolicy;
    clock: Clock;
    demo: boolean;
  }) {
    this.#em = deps.em;
    this.#freezes = deps.freezes;
    this.#sealedKeys = deps.sealedKeys;
    this.#headExport = deps.headExport;
    this.#policy = deps.policy;
    this.#clock = deps.clock;
    this.#demo = deps.demo;
  }

  async view(): Promise<SystemStatusView> {
    const freezes = await this.#freezes.open();
    const now = await databaseNow(this.#em);
    return {
      demo: this.#demo,
      freezes,
      providers: await this.#providers(freezes),
      openBreakers: await this.#openBreakers(),
      sealedKeys: await this.#sealedKeys.progress(),
      keptHeads: await this.#headExport.standing(),
      queues: await this.#queues(),
      workers: await new WorkerRegistry({ em: this.#em }).list(),
      database: {
        now: now.toISOString(),
        /** What to add to this process's time to get the database's. */
        offsetMs: now.getTime() - this.#clock.now().getTime(),
        migration: await this.#migration(),
      },
    };
  }

  async #providers(freezes: readonly FreezeView[]): Promise<ProviderStatusView[]> {
    const states = await this.#em.find(ProviderState, {}, { orderBy: { provider: 'asc' } });
    const views: ProviderStatusView[] = [];
    for (const state of states) {
      views.push(toProviderView(state, { breaker: await this.#breaker(state.provider), freezes }));
    }
    return views;
  }

  #breaker(provider: ProviderName): Promise<BreakerReading> {
    return readBreaker(this.#em, this.#policy, { provider, attemptId: null });
  }

  async #openBreakers(): Promise<SystemStatusView['openBreakers']> {
    const rows = await sql<{ scope: 'provider' | 'asset'; target: string; at: Date }>(
      this.#em,
      'select scope, target, opened_at as at from open_breakers order by opened_at, target',
    );
    return rows.map(({ scope, target, at }) => ({ scope, target, openedAt: new Date(at).toISOString() }));
  }

  async #queues(): Promise<SystemStatusView['queues']> {
    const rows = await sql<{ queue: string; due: number; active: number; later: number; oldest: Date | null }>(
      this.#em,
      `select q.name as queue, count(*) filter (where j.state < 'active' and j.start_after <= now())::int as due,
         count(*) filter (where j.state = 'active')::int as active,
         count(*) filter (where j.state < 'active' and j.start_after > now())::int as later,
         min(j.start_after) filter (where j.state < 'active' and j.start_after <= now()) as oldest
       from pgboss.queue q left join pgboss.job j on j.name = q.name and j.state < 'completed'
       where q.name not like '\\_\\_%' group by q.name order by q.name`,
    );
    return rows.map(({ oldest, ...row }) => ({ ...row, oldestDueAt: oldest && new Date(oldest).toISOString() }));
  }

  async #migration(): Promise<string> {
    const [row] = await sql<{ name: string }>(
      this.#em,
      'select name from mikro_orm_migrations order by name desc limit 1',
    );
    return row?.name ?? '';
  }
}

function toProviderView(
  state: ProviderState,
  { breaker, freezes }: { breaker: BreakerReading; freezes: readonly FreezeView[] },
): ProviderStatusView {
  const { provider, lastReadAt, lastFailedAt, lastFailure } = state;
  const failing = Boolean(lastFailedAt && (!lastReadAt || lastFailedAt > lastReadAt));
  const frozen = freezes.some(({ scope, target }) => scope === 'all' || (scope === 'provider' && target === provider));
  const holds: Readonly<Record<Exclude<ProviderCondition, 'running'>, boolean>> = {
    frozen,
    paused: Boolean(state.pausedAt),
    breaker: breaker.state !== 'closed',
    failing,
  };
  const condition = (['frozen', 'paused', 'breaker', 'failing'] as const).find((each) => holds[each]) ?? 'running';
  return {
    provider,
    condition,
    pausedAt: state.pausedAt?.toISOString() ?? null,
    reason: state.pauseReason ?? null,
    lastReadAt: lastReadAt?.toISOString() ?? null,
    lastFailure:
      lastFailedAt && lastFailure ? { at: lastFailedAt.toISOString(), reason: lastFailure, stands: failing } : null,
    breaker,
    clockOffsetMs: state.clockOffsetMs ?? null,
  };
}
