import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Clock } from '#server/kernel/clock.ts';
import type { ProviderName } from '#server/kernel/provider-outcome.ts';
import type { ProviderResumeInput, SystemStatusView } from './contract.ts';
import { ProviderState } from './provider-state.entity.ts';

/** Whether payouts may be sent at all, provider by provider. */
export class SystemService {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #clock: Clock;
  readonly #demo: boolean;

  constructor(deps: { em: EntityManager; audit: AuditTrail; clock: Clock; demo: boolean }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
    this.#demo = deps.demo;
  }

  async status(): Promise<SystemStatusView> {
    const states = await this.#em.find(ProviderState, {}, { orderBy: { provider: 'asc' } });
    return {
      demo: this.#demo,
      providers: states.map((state) => ({
        provider: state.provider,
        pausedAt: state.pausedAt?.toISOString() ?? null,
        reason: state.pauseReason ?? null,
        lastReadAt: state.lastReadAt?.toISOString() ?? null,
      })),
    };
  }

  async isPaused(provider: ProviderName): Promise<boolean> {
    const state = await this.#em.findOneOrFail(ProviderState, { provider });
    return Boolean(state.pausedAt);
  }

  /** Stops all sending to a provider whose configuration is wrong: one wrong key costs one payout, not the queue. */
  async pause(provider: ProviderName, reason: string, by: ActingParty): Promise<void> {
    const state = await this.#lock(provider);
    if (state.pausedAt) return;
    state.pausedAt = this.#clock.now();
    state.pauseReason = reason;
    this.#audit.record({ action: 'provider.paused', subject: { type: 'provider', id: provider }, by, reason });
  }

  async resume({ provider, reason }: ProviderResumeInput, by: ActingParty): Promise<SystemStatusView> {
    const state = await this.#lock(provider);
    if (state.pausedAt) {
      this.#audit.record({
        action: 'provider.resumed',
        subject: { type: 'provider', id: provider },
        by,
        reason,
        before: { reason: state.pauseReason ?? null },
      });
      state.pausedAt = null;
      state.pauseReason = null;
    }
    return this.status();
  }

  /** The provider answered a read just now. */
  async noteRead(provider: ProviderName): Promise<void> {
    const state = await this.#em.findOneOrFail(ProviderState, { provider });
    state.lastReadAt = this.#clock.now();
  }

  #lock(provider: ProviderName): Promise<ProviderState> {
    return this.#em.findOneOrFail(ProviderState, { provider }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }
}
