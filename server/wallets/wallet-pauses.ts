import type { AuditTrail } from '#server/audit/index.ts';
import type { DualControl, DualState } from '#server/dual-control/index.ts';
import type { IncidentLog } from '#server/incidents/index.ts';
import { INCIDENT_KINDS } from '#server/incidents/statuses.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { Announcer } from '#server/notifications/index.ts';
import type { WalletResumeInput } from './contract.ts';
import type { WalletRecord, WalletRepository } from './wallet.repository.ts';

/** Stops a wallet until people, or the chain itself, have explained something. */
export class WalletPauses {
  readonly #wallets: WalletRepository;
  readonly #incidents: IncidentLog;
  readonly #dualControl: DualControl;
  readonly #audit: AuditTrail;
  readonly #notifications: Announcer;
  readonly #clock: Clock;

  constructor(deps: {
    wallets: WalletRepository;
    incidents: IncidentLog;
    dualControl: DualControl;
    audit: AuditTrail;
    notifications: Announcer;
    clock: Clock;
  }) {
    this.#wallets = deps.wallets;
    this.#incidents = deps.incidents;
    this.#dualControl = deps.dualControl;
    this.#audit = deps.audit;
    this.#notifications = deps.notifications;
    this.#clock = deps.clock;
  }

  /** Nothing leaves it any more, and people are told, unless an incident has just told them. The first reason stays. */
  async pause(walletId: string, why: { reason: string; attempt?: string }, by: ActingParty): Promise<void> {
    const { reason, attempt } = why;
    const wallet = await this.#wallets.lockWallet(walletId);
    if (wallet?.status !== 'active') return;
    const updatedAt = this.#clock.now();
    await this.#wallets.saveWallet({ ...wallet, status: 'paused', pauseReason: reason.slice(0, 200), updatedAt });
    const subject = { type: 'wallet', id: walletId } as const;
    this.#audit.record({ action: 'wallet.paused', subject, by, reason, after: { attempt: attempt ?? null } });
    if (!isOfIncident(reason)) this.#notifications.announce({ type: 'wallet.paused', subject, reason });
  }

  /**
   * Two people have looked at the wallet and let it be used again: the first proposes, a second one's same call resumes.
   * Errors: `wallet.not_found`, `wallet.not_paused`, `wallet.incident_open`.
   */
  async resumeByPeople({ walletId, note }: WalletResumeInput, by: ActingParty): Promise<DualState> {
    const wallet = await this.#wallets.lockWallet(walletId);
    if (!wallet) throw new DomainError('wallet.not_found', 'there is no such wallet', { detail: { id: walletId } });
    const { pauseReason } = wallet;
    if (wallet.status !== 'paused') {
      throw new DomainError('wallet.not_paused', 'this wallet is not paused', { detail: { id: walletId } });
    }
    if (await this.#incidents.isOpen({ walletId })) {
      throw new DomainError('wallet.incident_open', 'decide its open incidents first', { detail: { id: walletId } });
    }
    const subject = { type: 'wallet', id: walletId } as const;
    const body = { walletId, reason: pauseReason };
    const decision = await this.#dualControl.decide({ action: 'wallet.resume', subject, body, note }, by);
    if (decision.state === 'proposed') return decision;
    await this.#activate(wallet);
    const before = { reason: pauseReason };
    this.#audit.record({ action: 'wallet.resumed', subject, by, reason: note, before });
    this.#notifications.announce({ type: 'wallet.resumed', subject, reason: note });
    return decision;
  }

  /** Takes a pause back, if it was for this reason. */
  async resume(walletId: string, reason: string, by: ActingParty): Promise<void> {
    const wallet = await this.#wallets.lockWallet(walletId);
    if (wallet?.status !== 'paused' || wallet.pauseReason !== reason) return;
    await this.#activate(wallet);
    this.#audit.record({ action: 'wallet.resumed', subject: { type: 'wallet', id: walletId }, by, before: { reason } });
  }

  #activate(wallet: WalletRecord): Promise<void> {
    return this.#wallets.saveWallet({ ...wallet, status: 'active', pauseReason: null, updatedAt: this.#clock.now() });
  }
}

/** Of the same word as the incident that was opened with it, whose end is told as well. */
const isOfIncident = (reason: string): boolean => INCIDENT_KINDS.some((kind) => kind === reason);
