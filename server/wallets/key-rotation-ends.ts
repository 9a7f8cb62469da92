import type { AuditTrail } from '#server/audit/index.ts';
import type { IncidentKind, IncidentLog } from '#server/incidents/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Clock } from '#server/kernel/clock.ts';
import type { Announcer } from '#server/notifications/index.ts';
import type { KeyRotation } from './key-rotation.entity.ts';
import { needsNewKey } from './statuses.ts';
import type { WalletRecord, WalletRepository } from './wallet.repository.ts';

/** What writing down an end needs inside a session. */
export interface KeyRotationEndServices {
  readonly walletRepository: WalletRepository;
  readonly incidents: IncidentLog;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly notifications: Announcer;
}

/**
 * What became of a change of a wallet's key: for the rotation, the wallet and people. Each end is written with the
 * rotation locked; the wallet is locked after it, here and everywhere.
 */
export class KeyRotationEnds {
  readonly #clock: Clock;

  constructor(deps: { clock: Clock }) {
    this.#clock = deps.clock;
  }

  /** The new key was kept: the wallet goes on with it. Nothing where it does already. */
  async rotated(session: KeyRotationEndServices, rotation: KeyRotation, by: ActingParty): Promise<void> {
    const { walletRepository, audit, notifications } = session;
    if (!rotation.sealedKey || rotation.status === 'rotated') return;
    const wallet = await walletRepository.lockWallet(rotation.walletId);
    if (!wallet) return;
    const now = this.#clock.now();
    const { sealedKey, walletId } = rotation;
    const standing = await this.#standing(session, walletId);
    await walletRepository.saveWallet({ ...wallet, sealedKey, updatedAt: now, ...standing });
    rotation.move('rotated', now);
    const subject = { type: 'wallet', id: walletId } as const;
    audit.record({ action: 'wallet.key_rotated', subject, by });
    if (needsNewKey(wallet) && standing.status === 'active')
      notifications.announce({ type: 'wallet.resumed', subject });
    await this.#close(session, rotation, { resolution: 'rotated', note: 'the answer was found', by });
  }

  /** The provider said no: the old key goes on working. */
  refused({ audit }: KeyRotationEndServices, rotation: KeyRotation, { reason, by }: Because): void {
    rotation.error = reason;
    rotation.move('not_rotated', this.#clock.now());
    const subject = { type: 'wallet' as const, id: rotation.walletId };
    audit.record({ action: 'wallet.key_not_rotated', subject, by, reason });
  }

  /** Nobody knows which key works: the wallet is paused until a probe tells. */
  async unknown(session: KeyRotationEndServices, rotation: KeyRotation, { reason, by }: Because): Promise<void> {
    const { walletRepository, incidents, audit } = session;
    const { id, walletId } = rotation;
    const wallet = await walletRepository.lockWallet(walletId);
    const now = this.#clock.now();
    rotation.error = reason;
    rotation.move('unknown', now);
    if (wallet)
      await walletRepository.saveWallet({ ...wallet, status: 'paused', pauseReason: 'key_rotation', updatedAt: now });
    audit.record({ action: 'wallet.key_rotation_unknown', subject: { type: 'wallet', id: walletId }, by, reason });
    const facts = { kind: 'key_rotation_unknown' as const, subject: walletId, provider: 'mblock' as const, walletId };
    await incidents.open({ ...facts, detail: { rotation: id, reason } }, by);
  }

  /** A probe has told whether the old key lives. Nothing where it is not asked any more. */
  async probed(session: KeyRotationEndServices, rotation: KeyRotation, { life, by }: Probed): Promise<void> {
    const { walletRepository, audit } = session;
    const { walletId } = rotation;
    const wallet = await walletRepository.lockWallet(walletId);
    if (rotation.status !== 'unknown' || !wallet) return;
    const now = this.#clock.now();
    rotation.move(life === 'alive' ? 'not_rotated' : 'lost', now);
    const subject = { type: 'wallet' as const, id: walletId };
    audit.record({ action: 'wallet.key_probed', subject, by, after: { key: life, rotation: rotation.id } });
    if (life === 'dead') return;
    await walletRepository.saveWallet({ ...wallet, ...(await this.#standing(session, walletId)), updatedAt: now });
    await this.#close(session, rotation, { resolution: 'not_rotated', note: 'the old key still works', by });
  }

  /** With its key known again a wallet may be used, unless something else about it waits for people meanwhile. */
  async #standing(
    { incidents }: KeyRotationEndServices,
    walletId: string,
  ): Promise<Pick<WalletRecord, 'status' | 'pauseReason'>> {
    const [other] = await incidents.findOpen({ walletId, kind: { $in: [...PAUSING] } });
    return other ? { status: 'paused', pauseReason: other.kind } : { status: 'active', pauseReason: null };
  }

  async #close(
    { incidents }: KeyRotationEndServices,
    { walletId }: KeyRotation,
    { resolution, note, by }: { resolution: 'rotated' | 'not_rotated'; note: string; by: ActingParty },
  ): Promise<void> {
    const [incident] = await incidents.findOpen({ kind: 'key_rotation_unknown', walletId });
    if (incident) incidents.close(incident, { resolution, note }, by);
  }
}

/** What keeps a wallet paused until two people have decided it. */
const PAUSING: readonly IncidentKind[] = ['late_success', 'provider_reversed', 'short_funds'];

interface Because {
  readonly reason: string;
  readonly by: ActingParty;
}

interface Probed {
  readonly life: 'alive' | 'dead';
  readonly by: ActingParty;
}
