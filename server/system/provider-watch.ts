import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { databaseNow } from '#server/database/database-now.ts';
import { sql } from '#server/database/sql.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { PROVIDERS, type ProviderName } from '#server/kernel/provider-outcome.ts';
import type { Announcer } from '#server/notifications/index.ts';
import { type BreakerPolicy, readBreaker, valueIsSpent } from './breaker.ts';
import { ProviderState } from './provider-state.entity.ts';

/** All workers together ask a provider this often whether it answers. */
const ASK_EVERY = '6 s';
const FAILURE_CHARS_MAX = 200;

/** What the providers last said, and whose circuit breaker opened or closed. */
export class ProviderWatch {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #notifications: Announcer;
  readonly #policy: BreakerPolicy;

  constructor(deps: { em: EntityManager; audit: AuditTrail; notifications: Announcer; policy: BreakerPolicy }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#notifications = deps.notifications;
    this.#policy = deps.policy;
  }

  /** Whether it is this worker's turn to ask. */
  async claimsTurn(provider: ProviderName): Promise<boolean> {
    const turn = await sql(
      this.#em,
      `update provider_states set asked_at = clock_timestamp()
       where provider = ? and (asked_at is null or asked_at < clock_timestamp() - interval '${ASK_EVERY}') returning 1`,
      [provider],
    );
    return turn.length > 0;
  }

  /** `clockOffsetMs`: what to add to the provider's times to get ours. */
  async noteAnswer(provider: ProviderName, clockOffsetMs: number | null): Promise<void> {
    const state = await this.#lock(provider);
    state.lastReadAt = await databaseNow(this.#em);
    if (clockOffsetMs !== null) state.clockOffsetMs = clockOffsetMs;
  }

  async noteFailure(provider: ProviderName, failure: string): Promise<void> {
    const state = await this.#lock(provider);
    state.lastFailedAt = await databaseNow(this.#em);
    state.lastFailure = failure.slice(0, FAILURE_CHARS_MAX);
  }

  /** Says once, whichever worker sees it first, that a breaker has opened or closed. */
  async announceBreakers(by: ActingParty): Promise<void> {
    for (const provider of PROVIDERS) {
      const { state, failures } = await readBreaker(this.#em, this.#policy, { provider, attemptId: null });
      const reason = `payouts_failed ${failures}`;
      await this.#announce({ scope: 'provider', target: provider, open: state !== 'closed', reason }, by);
    }
    for (const [asset, limit] of this.#policy.valuePerHour) {
      const open = await valueIsSpent(this.#em, this.#policy, { asset, attemptId: null });
      const reason = `value_spent ${limit.toString()} ${asset}`;
      await this.#announce({ scope: 'asset', target: asset, open, reason }, by);
    }
  }

  async #announce({ scope, target, open, reason }: Breaker, by: ActingParty): Promise<void> {
    const changed = open
      ? await sql(
          this.#em,
          'insert into open_breakers values (?, ?, clock_timestamp()) on conflict do nothing returning 1',
          [scope, target],
        )
      : await sql(this.#em, 'delete from open_breakers where scope = ? and target = ? returning 1', [scope, target]);
    if (changed.length === 0) return;
    const type = open ? ('breaker.opened' as const) : ('breaker.closed' as const);
    const said = open ? { reason } : {};
    this.#audit.record({ action: type, subject: { type: 'system', id: target }, by, ...said });
    this.#notifications.announce({ type, subject: { type: 'system', id: target }, ...said });
  }

  #lock(provider: ProviderName): Promise<ProviderState> {
    return this.#em.findOneOrFail(ProviderState, { provider }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }
}

interface Breaker {
  readonly scope: 'provider' | 'asset';
  readonly target: string;
  readonly open: boolean;
  readonly reason: string;
}
