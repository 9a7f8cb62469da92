import { isChainAddress, withChecksum } from '#server/config/chain-address.ts';
import type { ProviderOutcome } from '#server/kernel/provider-outcome.ts';
import type { Secret } from '#server/kernel/secret.ts';
import type {
  ChainReceipt,
  TransferOrder,
  TransitOrder,
  TransitReport,
  WalletProvider,
} from '#server/wallets/wallet-provider.port.ts';
import type { MBlockClient, MBlockTransfer } from './mblock-client.ts';
import { readTransitCallback } from './transit-callback.ts';
import type { TransitConfig } from './transit-config.ts';

/** How every transit is run; the callback differs from one to the next. */
export type TransitSettings = Omit<TransitConfig, 'callback'>;

/** MBlock as the custody provider of wallets. */
export class MBlockWalletProvider implements WalletProvider {
  readonly #client: MBlockClient;
  readonly #transit: TransitSettings;

  constructor(deps: { client: MBlockClient; transit: TransitSettings }) {
    this.#client = deps.client;
    this.#transit = deps.transit;
  }

  clockOffsetMs(): number | null {
    return this.#client.clockOffsetMs;
  }

  createWallet(): Promise<ProviderOutcome<{ readonly address: string; readonly walletKey: Secret }>> {
    return this.#client.requestWallet();
  }

  canonicalAddress(text: string): string | null {
    return isChainAddress(text) ? withChecksum(text) : null;
  }

  rotateKey(order: {
    readonly walletKey: Secret;
    readonly beforeFirstByte?: () => void;
  }): Promise<ProviderOutcome<{ readonly walletKey: Secret }>> {
    return this.#client.refreshWallet(order);
  }

  async probeKey({ walletKey, address: to }: { readonly walletKey: Secret; readonly address: string }) {
    const outcome = await this.#client.transferByWalletKey({ walletKey, to, amount: '0', contract: null });
    if (outcome.kind === 'accepted') return 'alive';
    if (outcome.kind !== 'rejected') return 'undecided';
    if (outcome.reason === 'amount_zero') return 'alive';
    return outcome.reason === 'key_refused' ? 'dead' : 'undecided';
  }

  readBalance(query: { readonly address: string; readonly contract: string | null }): Promise<string> {
    return this.#client.balanceOf(query);
  }

  readReceipt(query: { readonly txid: string; readonly contract: string | null }): Promise<ChainReceipt | null> {
    return this.#client.receiptByHash(query);
  }

  readTransitReport(body: string): TransitReport | null {
    return readTransitCallback(body);
  }

  showTransitReport(body: string): string {
    return this.#client.withoutSecrets(body, [this.#transit.feeWalletKey]);
  }

  transfer(order: TransferOrder): Promise<ProviderOutcome<{ readonly txid: string }>> {
    return this.#client.transferByWalletKey(wireOrder(order));
  }

  transit(order: TransitOrder): Promise<ProviderOutcome<{ readonly token: string }>> {
    const config = { ...this.#transit, callback: order.callbackUrl };
    return this.#client.transitByWalletKey({ ...wireOrder(order), config });
  }
}

/** An amount of nothing is made unreadable here, so that it is refused before it is sent. */
function wireOrder({ walletKey, to, amount, contract, beforeFirstByte }: TransferOrder): MBlockTransfer {
  return { walletKey, to, amount: amount.isPositive() ? amount.toString() : '', contract, beforeFirstByte };
}
