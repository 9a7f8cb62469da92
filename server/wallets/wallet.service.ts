import type { AssetRegistry } from '#server/assets/index.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { ProviderOutcome } from '#server/kernel/provider-outcome.ts';
import type { Secret } from '#server/kernel/secret.ts';
import type { Page } from '#server/kernel/wire.ts';
import type { TransactionView, WalletBalanceView, WalletListInput, WalletPage, WalletView } from './contract.ts';
import type { TransactionStatus } from './statuses.ts';
import type { TransactionQuery, WalletRecord, WalletRepository } from './wallet.repository.ts';
import type { WalletKeyCipher } from './wallet-key-cipher.ts';
import type { ChainReceipt, WalletProvider } from './wallet-provider.port.ts';

/** What the worker moves out of a wallet, once the fence has been committed. */
export interface MoveOrder {
  readonly attemptId: string;
  readonly walletId: string;
  readonly to: string;
  readonly amount: Amount;
  /** Throws when the order must not leave any more. */
  readonly beforeFirstByte?: () => void;
}

/** The chain's own coin, which pays for every movement on it. */
export const GAS_ASSET = 'BSC:BNB';

/** An address that nobody owns: what it holds is of no interest. */
const NOBODY = `0x${'0'.repeat(40)}`;

export type TransferOutcome = ProviderOutcome<{ readonly txid: string }>;
export type TransitOutcome = ProviderOutcome<{ readonly token: string }>;

/** Wallets at the custody provider. What calls the provider needs a session without a transaction. */
export class WalletService {
  readonly #wallets: WalletRepository;
  readonly #provider: WalletProvider;
  readonly #assets: Pick<AssetRegistry, 'enabled'>;
  readonly #cipher: WalletKeyCipher;
  readonly #clock: Clock;

  constructor(deps: {
    wallets: WalletRepository;
    provider: WalletProvider;
    assets: Pick<AssetRegistry, 'enabled'>;
    cipher: WalletKeyCipher;
    clock: Clock;
  }) {
    this.#wallets = deps.wallets;
    this.#provider = deps.provider;
    this.#assets = deps.assets;
    this.#cipher = deps.cipher;
    this.#clock = deps.clock;
  }

  async list(query: WalletListInput): Promise<WalletPage> {
    const page = await this.#wallets.wallets(query);
    return { ...page, rows: page.rows.map(toWalletView) };
  }

  /** Throws `wallet.not_found`. */
  async get(id: string): Promise<WalletView> {
    return toWalletView(await this.#wallet(id));
  }

  transactions(query: TransactionQuery): Promise<Page<TransactionView>> {
    return this.#wallets.transactions(query);
  }

  /** What the chain says now. Errors: `wallet.not_found`, `wallet.not_active`, `asset.unknown`, `provider.*`. */
  async balance({ walletId, asset }: { walletId: string; asset: string }): Promise<WalletBalanceView> {
    const { address } = await this.#created(walletId);
    const { contract } = await this.#assets.enabled(asset, 'bsc');
    const amount = await this.#provider.readBalance({ address, contract: contract ?? null });
    return {
      walletId,
      asset,
      amount: Amount.fromDecimal(asset, amount).toString(),
      asOf: this.#clock.now().toISOString(),
    };
  }

  /** What the chain says now of an asset and of the coin that pays the gas. Errors as for `balance`. */
  async balances({ walletId, asset }: { walletId: string; asset: string }): Promise<WalletBalanceView[]> {
    const assets = asset === GAS_ASSET ? [asset] : [asset, GAS_ASSET];
    const read: WalletBalanceView[] = [];
    for (const each of assets) read.push(await this.balance({ walletId, asset: each }));
    return read;
  }

  /**
   * What the chain shows of a transaction of a token; null while it shows none, and for the chain's own coin, of which the
   * provider knows no receipts. Errors: `asset.unknown`, `provider.*`.
   */
  async receipt({ asset, txid }: { asset: string; txid: string }): Promise<ChainReceipt | null> {
    const { contract } = await this.#assets.enabled(asset, 'bsc');
    return contract ? this.#provider.readReceipt({ txid, contract }) : null;
  }

  /** Whether the provider can show receipts of this asset: of tokens it can, of the chain's own coin it cannot. */
  async hasReceipts(asset: string): Promise<boolean> {
    return Boolean((await this.#assets.enabled(asset, 'bsc')).contract);
  }

  /** Asks for something small, to see whether the provider answers. Errors: `provider.unreachable`, `provider.rejected`. */
  async knock(): Promise<void> {
    await this.#provider.readBalance({ address: NOBODY, contract: null });
  }

  /** What to add to the provider's times to get ours, by its last reply to this process. */
  get clockOffsetMs(): number | null {
    return this.#provider.clockOffsetMs?.() ?? null;
  }

  /** Throws `address.invalid` for what is no address of the chain, or is spelled with a wrong checksum. */
  canonicalAddress(text: string): string {
    const address = this.#provider.canonicalAddress(text);
    if (!address)
      throw new DomainError('address.invalid', 'this is not an address of the chain', { detail: { address: text } });
    return address;
  }

  /** Whether this process could move an asset out of a wallet: the key can be opened here, and the asset may be sent. */
  async canMove({ id, sealedKey }: WalletRecord, asset: string): Promise<boolean> {
    try {
      await this.#assets.enabled(asset, 'bsc');
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
    return sealedKey !== null && this.#cipher.opens(sealedKey, id);
  }

  /** Sends. Only the worker calls it, after the fence, and it keeps the outcome. Never throws for the provider. */
  async transfer(order: MoveOrder): Promise<TransferOutcome> {
    const { walletKey, contract } = await this.#means(order);
    const { to, amount, beforeFirstByte } = order;
    return this.#provider.transfer({ walletKey, to, amount, contract, ...(beforeFirstByte && { beforeFirstByte }) });
  }

  /** Asks for a transit, always with its amount: without one the provider would send everything there is. */
  async transit(order: MoveOrder & { readonly callbackUrl: Secret }): Promise<TransitOutcome> {
    const { walletKey, contract } = await this.#means(order);
    const { to, amount, callbackUrl, beforeFirstByte } = order;
    const transit = { walletKey, to, amount, contract, callbackUrl };
    return this.#provider.transit({ ...transit, ...(beforeFirstByte && { beforeFirstByte }) });
  }

  async logTransfer(order: MoveOrder, outcome: TransferOutcome): Promise<void> {
    const txid = outcome.kind === 'accepted' ? outcome.value.txid : null;
    await this.#log(order, { kind: 'transfer', status: statusOf(outcome, 'submitted'), txid, token: null }, outcome);
  }

  async logTransit(order: MoveOrder, outcome: TransitOutcome): Promise<void> {
    const token = outcome.kind === 'accepted' ? outcome.value.token : null;
    await this.#log(
      order,
      { kind: 'transit', status: statusOf(outcome, 'pending-transit'), txid: null, token },
      outcome,
    );
  }

  async #log(
    order: MoveOrder,
    seen: { kind: 'transfer' | 'transit'; status: TransactionStatus; txid: string | null; token: string | null },
    outcome: ProviderOutcome<unknown>,
  ): Promise<void> {
    const error = outcome.kind === 'accepted' ? null : outcome.reason;
    await this.#wallets.logTransaction({ ...order, ...seen, error });
  }

  async #means({ walletId, amount }: MoveOrder): Promise<{ walletKey: Secret; contract: string | null }> {
    const { sealedKey } = await this.#active(walletId);
    const { contract } = await this.#assets.enabled(amount.asset, 'bsc');
    return { walletKey: this.#cipher.open(sealedKey, walletId), contract: contract ?? null };
  }

  /** A paused one may still be looked at. */
  async #created(id: string): Promise<WalletRecord & { address: string }> {
    const wallet = await this.#wallet(id);
    const { address, status } = wallet;
    if (status === 'creating' || !address) throw notActive(id, status);
    return { ...wallet, address };
  }

  async #active(id: string): Promise<WalletRecord & { address: string; sealedKey: string }> {
    const wallet = await this.#wallet(id);
    const { address, sealedKey, status } = wallet;
    if (status !== 'active' || !address || !sealedKey) {
      throw notActive(id, status);
    }
    return { ...wallet, address, sealedKey };
  }

  async #wallet(id: string): Promise<WalletRecord> {
    const wallet = await this.#wallets.findWallet(id);
    if (!wallet) throw new DomainError('wallet.not_found', 'there is no such wallet', { detail: { id } });
    return wallet;
  }
}

const notActive = (id: string, status: string): DomainError =>
  new DomainError('wallet.not_active', `this wallet is ${status}`, { detail: { id, status } });

/** The key is left behind here: no view has a place for it. */
export const toWalletView = ({ id, memberId, address, status, pauseReason, createdAt }: WalletRecord): WalletView => ({
  id,
  memberId,
  address,
  status,
  pauseReason,
  createdAt: createdAt.toISOString(),
});

function statusOf(outcome: ProviderOutcome<unknown>, accepted: TransactionStatus): TransactionStatus {
  if (outcome.kind === 'accepted') return accepted;
  if (outcome.kind === 'unknown') return 'manual-review';
  return outcome.kind === 'rejected' && outcome.retry === 'never' ? 'failed' : 'retrying';
}
