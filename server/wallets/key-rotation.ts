import type { DualControl, DualState } from '#server/dual-control/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { NotReachedReason, ProviderOutcome } from '#server/kernel/provider-outcome.ts';
import type { Secret } from '#server/kernel/secret.ts';
import type { Sessions } from '#server/kernel/sessions.ts';
import { stopwatch } from '#server/kernel/stopwatch.ts';
import type { RotationView, WalletRotateKeyInput } from './contract.ts';
import type { KeyRotation } from './key-rotation.entity.ts';
import type { KeyRotationRepository } from './key-rotation.repository.ts';
import type { KeyRotationEndServices, KeyRotationEnds } from './key-rotation-ends.ts';
import { needsNewKey } from './statuses.ts';
import type { WalletRecord } from './wallet.repository.ts';
import type { WalletKeyCipher } from './wallet-key-cipher.ts';
import type { WalletProvider } from './wallet-provider.port.ts';

/** What changing a wallet's key needs inside a session. */
export interface KeyRotationServices extends KeyRotationEndServices {
  readonly keyRotations: KeyRotationRepository;
  readonly dualControl: DualControl;
  readonly jobs: JobQueue;
}

const SEND_WITHIN_MS = 10_000;
const LEASE_SLACK_MS = 30_000;
/** The new key exists nowhere else: it is written as often as it takes, in ever longer steps. */
const KEEP_TRIES = 8;
const KEEP_AGAIN_MS = 250;

type Rotated = ProviderOutcome<{ readonly walletKey: Secret }>;
type Keyed = WalletRecord & { readonly sealedKey: string };

/**
 * Changes a wallet's key at the provider while the caller waits, under two people. The old key dies with the call and the
 * new one is only in its answer, so: the intent is committed and takes the wallet's slot, the provider is called once,
 * outside any transaction, and the answer is sealed and kept before anything else. A lost answer is never asked for
 * again: the wallet is paused, an incident is open, and a probe with the old key tells whether it still works.
 */
export class KeyRotations<Session extends KeyRotationServices = KeyRotationServices> {
  readonly #sessions: Sessions<Session>;
  readonly #provider: WalletProvider;
  readonly #cipher: WalletKeyCipher;
  readonly #clock: Clock;
  readonly #deadlineMs: number;
  readonly #ends: KeyRotationEnds;

  constructor(deps: {
    sessions: Sessions<Session>;
    provider: WalletProvider;
    cipher: WalletKeyCipher;
    clock: Clock;
    ends: KeyRotationEnds;
    deadlineMs: number;
  }) {
    this.#sessions = deps.sessions;
    this.#provider = deps.provider;
    this.#cipher = deps.cipher;
    this.#clock = deps.clock;
    this.#deadlineMs = deps.deadlineMs;
    this.#ends = deps.ends;
  }

  /**
   * The first admin proposes, a second one's same call rotates. `admit` comes first in the transaction of the intent and
   * throws where the second factor was not given for this. Errors: `wallet.not_found`, `wallet.not_active`,
   * `wallet.busy`, `wallet.holds_funds` unless the funds at risk are accepted, `provider.rejected`,
   * `provider.unreachable` when the outcome is not known.
   */
  async rotateKey(
    input: WalletRotateKeyInput,
    by: ActingParty,
    admit: (session: Session) => Promise<void>,
  ): Promise<DualState> {
    const elapsedMs = stopwatch();
    const { state, rotation, wallet } = await this.#begin(input, by, admit);
    if (!rotation || !wallet) return state;
    const answer = await this.#provider.rotateKey({
      walletKey: this.#cipher.open(wallet.sealedKey, wallet.id),
      beforeFirstByte() {
        if (elapsedMs() > SEND_WITHIN_MS) throw new Error('too late after the fence; nothing was sent');
      },
    });
    const outcome = despiteRateLimit(answer);
    await this.#record(rotation, outcome, by);
    if (outcome.kind === 'accepted') return state;
    const unknown = outcome.kind === 'unknown';
    throw new DomainError(
      unknown ? 'provider.unreachable' : 'provider.rejected',
      unknown ? 'it is not known whether the key was changed; the wallet is paused' : 'the key was not changed',
      { detail: { reason: outcome.reason } },
    );
  }

  /** The lease of whoever called is over. A key that was kept, however late, is put to use; without one the outcome is unknown. */
  recover(rotationId: string, by: ActingParty): Promise<void> {
    return this.#sessions.inTransaction(async (session) => {
      const rotation = await session.keyRotations.lock(rotationId);
      if (rotation.sealedKey) await this.#ends.rotated(session, rotation, by);
      else if (rotation.status === 'dispatching') {
        await this.#ends.unknown(session, rotation, { reason: 'lease_lost', by });
      }
    });
  }

  /**
   * Asks the provider to move nothing with the old key: refused for the amount, the key lives; refused for the key, it is
   * dead and the new one is lost, unless its late answer was kept meanwhile. Errors: `wallet.not_found`, `wallet.no_open_rotation`, `provider.unreachable`.
   */
  async probeKey(walletId: string, by: ActingParty): Promise<RotationView> {
    const { wallet, rotation } = await this.#unknownRotation(walletId);
    const walletKey = this.#cipher.open(wallet.sealedKey, walletId);
    const life = await this.#provider.probeKey({ walletKey, address: wallet.address ?? '' });
    if (life === 'undecided') throw new DomainError('provider.unreachable', 'the probe said nothing; ask again');
    return this.#sessions.inTransaction(async (session) => {
      const locked = await session.keyRotations.lock(rotation.id);
      if (locked.sealedKey) await this.#ends.rotated(session, locked, by);
      await this.#ends.probed(session, locked, { life, by });
      return toRotationView(locked);
    });
  }

  /** The newest change of this wallet's key, or null when there was none. */
  async newest(walletId: string): Promise<RotationView | null> {
    const rotation = await this.#sessions.withoutTransaction(({ keyRotations }) => keyRotations.newest(walletId));
    return rotation && toRotationView(rotation);
  }

  #begin(
    { walletId, acceptBalance, note }: WalletRotateKeyInput,
    by: ActingParty,
    admit: (session: Session) => Promise<void>,
  ): Promise<Begun> {
    return this.#sessions.inTransaction(async (session) => {
      await admit(session);
      const wallet = rotatable(await session.walletRepository.lockWallet(walletId), walletId);
      if (await session.keyRotations.slotTaken(walletId)) {
        throw new DomainError('wallet.busy', 'something is moving out of this wallet', { detail: { id: walletId } });
      }
      const held = await session.keyRotations.assetsHeld(walletId);
      if (held.length > 0 && !acceptBalance) {
        throw new DomainError('wallet.holds_funds', 'sweep the wallet first: a lost answer would lose what is in it', {
          detail: { id: walletId, assets: held.join(', ') },
        });
      }
      const subject = { type: 'wallet' as const, id: walletId };
      const body = { walletId, acceptBalance };
      const state = await session.dualControl.decide({ action: 'wallet.rotate_key', subject, body, note }, by);
      if (state.state === 'proposed') return { state };
      const now = this.#clock.now();
      const leaseUntil = new Date(now.getTime() + this.#deadlineMs + LEASE_SLACK_MS);
      const rotation = session.keyRotations.add({
        ...{ id: newId(), walletId, decisionId: state.decisionId, status: 'dispatching', sealedKey: null },
        ...{ error: null, begunAt: now, leaseUntil, endedAt: null, updatedAt: now },
      });
      session.audit.record({ action: 'wallet.key_rotation_begun', subject, by, reason: note, after: { held } });
      await session.jobs.send('wallet.rotation-recover', { rotationId: rotation.id }, { startAfter: leaseUntil });
      return { state, rotation, wallet };
    });
  }

  async #record({ id: rotationId, walletId }: KeyRotation, outcome: Rotated, by: ActingParty): Promise<void> {
    if (outcome.kind === 'accepted') {
      const sealed = this.#cipher.seal(outcome.value.walletKey, walletId);
      await this.#keep(rotationId, sealed);
      await this.#sessions.inTransaction(async (session) =>
        this.#ends.rotated(session, await session.keyRotations.lock(rotationId), by),
      );
      return;
    }
    await this.#sessions.inTransaction(async (session) => {
      const rotation = await session.keyRotations.lock(rotationId);
      if (rotation.status !== 'dispatching') return;
      if (outcome.kind === 'unknown') return this.#ends.unknown(session, rotation, { reason: outcome.reason, by });
      this.#ends.refused(session, rotation, { reason: outcome.reason, by });
    });
  }

  /** The smallest write there is, and the first: whatever fails after it, the key is not lost. Also when the lease is. */
  async #keep(rotationId: string, sealed: string): Promise<void> {
    for (let failed = 0; ; ) {
      try {
        return await this.#sessions.inTransaction(async ({ keyRotations }) => {
          (await keyRotations.lock(rotationId)).sealedKey = sealed;
        });
      } catch (error) {
        failed += 1;
        if (failed === KEEP_TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, KEEP_AGAIN_MS * 2 ** failed));
      }
    }
  }

  async #unknownRotation(walletId: string): Promise<{ wallet: Keyed; rotation: KeyRotation }> {
    return this.#sessions.withoutTransaction(async ({ walletRepository, keyRotations }) => {
      const wallet = await walletRepository.findWallet(walletId);
      if (!wallet?.sealedKey) throw notFound(walletId);
      const rotation = await keyRotations.newest(walletId);
      if (rotation?.status !== 'unknown') {
        throw new DomainError('wallet.no_open_rotation', 'no change of its key is unknown', {
          detail: { id: walletId },
        });
      }
      return { wallet: { ...wallet, sealedKey: wallet.sealedKey }, rotation };
    });
  }
}

/** It may be said after the fact, and no list shows what ran: only a probe tells whether the key lives. */
const despiteRateLimit = (outcome: Rotated): Rotated =>
  outcome.kind === 'rejected' && outcome.reason === ('rate_limited' satisfies NotReachedReason)
    ? { kind: 'unknown', reason: 'rate_limited_but_may_have_run', evidence: outcome.evidence }
    : outcome;

interface Begun {
  readonly state: DualState;
  readonly rotation?: KeyRotation;
  readonly wallet?: Keyed;
}

/** Of the paused ones only what the provider will not use before its key is changed. */
function rotatable(wallet: WalletRecord | null, id: string): Keyed {
  if (!wallet) throw notFound(id);
  const { sealedKey, status } = wallet;
  if ((status === 'active' || needsNewKey(wallet)) && sealedKey) return { ...wallet, sealedKey };
  throw new DomainError('wallet.not_active', `this wallet is ${status}`, { detail: { id, status } });
}

const notFound = (id: string): DomainError =>
  new DomainError('wallet.not_found', 'there is no such wallet', { detail: { id } });

const toRotationView = ({ id, walletId, status, error, begunAt, endedAt }: KeyRotation): RotationView => ({
  ...{ id, walletId, status, error: error ?? null },
  begunAt: begunAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
});
