import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { databaseNow } from '#server/database/database-now.ts';
import { writeAtCommit } from '#server/database/write-at-commit.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Amount } from '#server/kernel/amount.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { ProviderName } from '#server/kernel/provider-outcome.ts';
import type { Announcer } from '#server/notifications/index.ts';
import { type BreakerPolicy, mayProbe, readStops, valueIsSpent } from './breaker.ts';
import type { DrillView, FreezeTarget, ProviderResumeInput } from './contract.ts';
import { drill } from './drill.ts';
import { ProviderState } from './provider-state.entity.ts';
import { originOf, type StandingStop } from './standing-stop.ts';
import type { BreakerState, Stop, WorkerState } from './statuses.ts';
import { type Sending, standingStops } from './stops.ts';
import { WorkerRegistry } from './worker-registry.ts';

/** That a provider answers is written down no more often than this. */
const NOTED_EVERY = '1 s';
const NOTE_READ = `
  update provider_states set last_read_at = clock_timestamp() where provider in (
    select provider from provider_states join jsonb_to_recordset(?::jsonb) as read (provider text) using (provider)
    where last_read_at is null or last_read_at < clock_timestamp() - interval '${NOTED_EVERY}'
    for update of provider_states skip locked)`;

interface StopReading {
  readonly stop: Stop | null;
  readonly state: BreakerState;
}

/** Whether payouts may be sent at all, and how the system stands. All times are the database's. */
export class SystemService {
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

  /**
   * The one question before every send: in the fence's transaction, and again with `attemptId`, whose own fence is then
   * no reason to stop, right before connecting.
   */
  async stopFor(sending: Sending, attemptId: string | null = null): Promise<Stop | null> {
    const { stop, state } = await this.#stopBeforeProbe(sending, attemptId);
    if (stop || state !== 'half_open') return stop;
    const passes = await mayProbe(this.#em, this.#policy, { provider: sending.provider, attemptId });
    return passes ? null : 'breaker';
  }

  /** The same for whoever only looks, with where the stop comes from. A half-open breaker lets one through: no stop. */
  async standingStop(sending: Sending): Promise<StandingStop | null> {
    const { stop } = await this.#stopBeforeProbe(sending, null);
    return stop && originOf(this.#em, stop, sending);
  }

  async #stopBeforeProbe(sending: Sending, attemptId: string | null): Promise<StopReading> {
    const stops = await readStops(this.#em, this.#policy, { sending, attemptId });
    const { state } = stops;
    if (stops.frozen) return { stop: 'frozen', state };
    if (stops.provider_paused) return { stop: 'provider_paused', state };
    if (stops.wallet_paused) return { stop: 'wallet_paused', state };
    const spent = await valueIsSpent(this.#em, this.#policy, { asset: sending.asset, attemptId });
    return { stop: spent || state === 'open' ? 'breaker' : null, state };
  }

  /** What may be sent of the asset in a rolling hour; null where nothing limits it. */
  hourLimitOf(asset: string): Amount | null {
    return this.#policy.valuePerHour.get(asset) ?? null;
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
    const subject = { type: 'provider', id: provider } as const;
    this.#audit.record({ action: 'provider.paused', subject, by, reason });
    this.#notifications.announce({ type: 'provider.paused', subject, reason });
  }

  async resume({ provider, reason }: ProviderResumeInput, by: ActingParty): Promise<void> {
    const state = await this.#lock(provider);
    if (!state.pausedAt) return;
    const subject = { type: 'provider', id: provider } as const;
    const before = { reason: state.pauseReason ?? null };
    this.#audit.record({ action: 'provider.resumed', subject, by, reason, before });
    this.#notifications.announce({ type: 'provider.resumed', subject, reason });
    state.pausedAt = null;
    state.pauseReason = null;
  }

  /** What a freeze would stop right now, and what it could not stop any more. */
  drill(target: FreezeTarget): Promise<DrillView> {
    return drill(this.#em, target);
  }

  /** Whether the process that fenced an attempt may still be about to send it. */
  workerState(name: string): Promise<WorkerState> {
    return new WorkerRegistry({ em: this.#em }).stateOf(name);
  }

  /**
   * The provider answered a read just now. Every look says so: written down once a second and past a row that is locked,
   * they do not wait for each other's commits; and at the end of the transaction, because everybody locks balances before
   * a provider's row.
   */
  noteRead(provider: ProviderName): void {
    writeAtCommit(this.#em, NOTE_READ, { provider });
  }

  #lock(provider: ProviderName): Promise<ProviderState> {
    return this.#em.findOneOrFail(ProviderState, { provider }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }
}
