import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { databaseNow } from '#server/database/database-now.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { ProviderName } from '#server/kernel/provider-outcome.ts';
import type { ProviderResumeInput, SystemStatusView } from './contract.ts';
import type { FreezeService } from './freeze.service.ts';
import { ProviderState } from './provider-state.entity.ts';
import type { Stop } from './statuses.ts';
import { type Sending, standingStops } from './stops.ts';

/** Whether payouts may be sent at all, and how the system stands. All times are the database's. */
export class SystemService {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #freezes: FreezeService;
  readonly #demo: boolean;

  constructor(deps: { em: EntityManager; audit: AuditTrail; freezes: FreezeService; demo: boolean }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#freezes = deps.freezes;
    this.#demo = deps.demo;
  }

  async status(): Promise<SystemStatusView> {
    const states = await this.#em.find(ProviderState, {}, { orderBy: { provider: 'asc' } });
    return {
      demo: this.#demo,
      freezes: await this.#freezes.open(),
      providers: states.map((state) => ({
        provider: state.provider,
        pausedAt: state.pausedAt?.toISOString() ?? null,
        reason: state.pauseReason ?? null,
        lastReadAt: state.lastReadAt?.toISOString() ?? null,
      })),
    };
  }

  /** The one question before every send, in the fence's transaction and again right before connecting. */
  async stopFor(sending: Sending): Promise<Stop | null> {
    const stops = await standingStops(this.#em, sending);
    if (stops.frozen) return 'frozen';
    if (stops.provider_paused) return 'provider_paused';
    return stops.wallet_paused ? 'wallet_paused' : null;
  }

  /** Nothing new is begun while it is frozen. Error: `system.frozen`. */
  async refuseFrozen(sending: Sending): Promise<void> {
    if (!(await standingStops(this.#em, sending)).frozen) return;
    throw new DomainError('system.frozen', 'payments of this kind are frozen', { detail: { ...sending } });
  }

  async isPaused(provider: ProviderName): Promise<boolean> {
    const state = await this.#em.findOneOrFail(ProviderState, { provider });
    return Boolean(state.pausedAt);
  }

  /** Stops all sending to a provider whose configuration is wrong: one wrong key costs one payout, not the queue. */
  async pause(provider: ProviderName, reason: string, by: ActingParty): Promise<void> {
    const state = await this.#lock(provider);
    if (state.pausedAt) return;
    state.pausedAt = await databaseNow(this.#em);
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
    state.lastReadAt = await databaseNow(this.#em);
  }

  #lock(provider: ProviderName): Promise<ProviderState> {
    return this.#em.findOneOrFail(ProviderState, { provider }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }
}
