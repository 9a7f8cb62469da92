import type { AuditTrail } from '#server/audit/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { Idempotency } from '#server/kernel/idempotency.ts';
import { newId } from '#server/kernel/ids.ts';
import type { Sessions } from '#server/kernel/sessions.ts';
import type { WalletCreateInput, WalletView } from './contract.ts';
import type { WalletRecord, WalletRepository } from './wallet.repository.ts';
import { toWalletView } from './wallet.service.ts';
import type { WalletKeyCipher } from './wallet-key-cipher.ts';
import type { WalletProvider } from './wallet-provider.port.ts';

/** What creating a wallet needs inside a session. */
export interface WalletCreationServices {
  readonly walletRepository: WalletRepository;
  readonly idempotency: Idempotency;
  readonly audit: Pick<AuditTrail, 'record'>;
}

/**
 * Creates a wallet while the caller waits: the intent is committed, the provider is called outside any transaction, the
 * answer is committed. A lost answer is safe to ask again for: it leaves an empty wallet at the provider that nobody uses.
 */
export class WalletCreation {
  readonly #sessions: Sessions<WalletCreationServices>;
  readonly #provider: WalletProvider;
  readonly #cipher: WalletKeyCipher;
  readonly #clock: Clock;

  constructor(deps: {
    sessions: Sessions<WalletCreationServices>;
    provider: WalletProvider;
    cipher: WalletKeyCipher;
    clock: Clock;
  }) {
    this.#sessions = deps.sessions;
    this.#provider = deps.provider;
    this.#cipher = deps.cipher;
    this.#clock = deps.clock;
  }

  /** Errors: `idempotency.conflict`, `provider.rejected`, `provider.unreachable`. */
  async createWallet(input: WalletCreateInput, by: ActingParty): Promise<WalletView> {
    const id = await this.#intend(input, by);
    const kept = await this.#sessions.withoutTransaction((session) => session.walletRepository.findWallet(id));
    if (kept && kept.status !== 'creating') return toWalletView(kept);
    const outcome = await this.#provider.createWallet();
    if (outcome.kind !== 'accepted') {
      const code = outcome.kind === 'unknown' ? 'provider.unreachable' : 'provider.rejected';
      throw new DomainError(code, 'the provider gave no wallet; nothing is lost, ask again', {
        detail: { reason: outcome.reason },
      });
    }
    const { address, walletKey } = outcome.value;
    return this.#sessions.inTransaction(async (session) => {
      // Two calls with one key may each have been given a wallet: the first to get here keeps its own.
      const wallet = await session.walletRepository.lockWallet(id);
      if (!wallet) throw new DomainError('wallet.not_found', 'there is no such wallet', { detail: { id } });
      if (wallet.status !== 'creating') return toWalletView(wallet);
      const sealedKey = this.#cipher.seal(walletKey, id);
      const created: WalletRecord = { ...wallet, address, sealedKey, status: 'active', updatedAt: this.#clock.now() };
      await session.walletRepository.saveWallet(created);
      session.audit.record({
        action: 'wallet.created',
        subject: { type: 'wallet', id },
        by,
        after: { memberId: wallet.memberId, address },
      });
      return toWalletView(created);
    });
  }

  /** The row that says a wallet was asked for; the same one for the same idempotency key. */
  #intend({ memberId, idempotencyKey }: WalletCreateInput, by: ActingParty): Promise<string> {
    return this.#sessions.inTransaction(({ walletRepository, idempotency, audit }) => {
      const intend = async () => {
        const id = newId();
        const now = this.#clock.now();
        await walletRepository.saveWallet({
          id,
          memberId,
          address: null,
          sealedKey: null,
          status: 'creating',
          pauseReason: null,
          createdAt: now,
          updatedAt: now,
        });
        audit.record({ action: 'wallet.requested', subject: { type: 'wallet', id }, by, after: { memberId } });
        return id;
      };
      if (!idempotencyKey) return intend();
      return idempotency.once({ procedure: 'wallets.create', key: idempotencyKey, body: { memberId } }, intend);
    });
  }
}
