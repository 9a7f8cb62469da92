import { DomainError } from '#server/kernel/errors.ts';
import type { ProviderOutcome } from '#server/kernel/provider-outcome.ts';
import type { Secret } from '#server/kernel/secret.ts';
import { ProviderCalls, type ProviderClientOptions, unknown } from '#server/provider-transport/index.ts';
import { invalidOrder, invalidTransit } from './order-checks.ts';
import { mblockProtocol } from './protocol.ts';
import { NO_RECEIPT_REASONS } from './refusals.ts';
import * as replies from './replies.ts';
import { invalidConfig, secretsOf, type TransitConfig, wireConfig } from './transit-config.ts';

/** Checked before connecting and again in the tick of the first byte; throws when the order must not leave any more. */
interface Dispatch {
  readonly beforeFirstByte?: (() => void) | undefined;
}

export interface MBlockTransfer extends Dispatch {
  readonly walletKey: Secret;
  readonly to: string;
  /** Canonical decimal text. The vendor refuses zero, which is what makes it a harmless probe of a key. */
  readonly amount: string;
  readonly contract: string | null;
}

/**
 * MBlock API v1.4 for wallets on the BNB chain, method by method (vendor document of 2025-02-15). `contract` is a
 * token's address or null for BNB, and always sent. Reads throw `DomainError`; instructions come back with an outcome.
 */
export class MBlockClient {
  readonly #calls: ProviderCalls;

  constructor(options: ProviderClientOptions) {
    this.#calls = new ProviderCalls(mblockProtocol, options);
  }

  /** What to add to the provider's times to get ours, in ms; null before its first reply. */
  get clockOffsetMs(): number | null {
    return this.#calls.connection.clockOffsetMs;
  }

  withoutSecrets(text: string, secrets: readonly Secret[]): string {
    return this.#calls.connection.withoutSecrets(text, secrets);
  }

  async balanceOf(query: { readonly address: string; readonly contract: string | null }): Promise<string> {
    const { address, contract } = query;
    const args = { address, contract };
    const { amount } = await this.#calls.read({ method: 'balanceOf', args, reply: replies.balanceOf });
    return amount;
  }

  /** Null where the chain shows no receipt or no matching log: that proves nothing. */
  async receiptByHash(query: { readonly txid: string; readonly contract: string | null }) {
    const { txid, contract } = query;
    try {
      const args = { txid, contract };
      const { from, to, amount } = await this.#calls.read({
        method: 'receiptByHash',
        args,
        reply: replies.receiptByHash,
      });
      return { from, to, amount };
    } catch (error) {
      if (saysNoReceipt(error)) return null;
      throw error;
    }
  }

  transferByWalletKey(order: MBlockTransfer): Promise<ProviderOutcome<{ readonly txid: string }>> {
    const { walletKey, to, amount, contract, beforeFirstByte } = order;
    return this.#calls.instruct({
      method: 'transferByWalletKey',
      args: { walletKey: walletKey.reveal(), to, amount, contract },
      secrets: [walletKey],
      reply: replies.transferByWalletKey,
      invalid: invalidOrder(order),
      amountIsZero: amount === '0',
      beforeFirstByte,
      accept: ({ txid }) => (txid === null ? unknown('accepted_without_reference') : { value: { txid } }),
    });
  }

  requestWallet(): Promise<ProviderOutcome<{ readonly address: string; readonly walletKey: Secret }>> {
    return this.#calls.instruct({
      method: 'requestWallet',
      args: {},
      hidesReply: mayHoldKey,
      reply: replies.requestWallet,
      invalid: null,
      accept: ({ address, walletKey }) => ({ value: { address, walletKey } }),
    });
  }

  /** The old key stops working at once, and the new one is only in the answer: a lost answer may lose the wallet. */
  refreshWallet(
    order: Dispatch & { readonly walletKey: Secret },
  ): Promise<ProviderOutcome<{ readonly walletKey: Secret }>> {
    return this.#calls.instruct({
      method: 'refreshWallet',
      args: { walletKey: order.walletKey.reveal() },
      secrets: [order.walletKey],
      hidesReply: mayHoldKey,
      reply: replies.refreshWallet,
      invalid: null,
      beforeFirstByte: order.beforeFirstByte,
      accept: ({ walletKey }) => ({ value: { walletKey } }),
    });
  }

  /**
   * The stored configuration of transits: read it, store one, or clear it with `'clear'`. Storing the same twice changes
   * nothing, so a failure is thrown as for a read.
   */
  async transitConfig(config?: TransitConfig | 'clear') {
    if (typeof config === 'object' && invalidConfig(config) !== null) {
      throw new DomainError('input.invalid', 'the transit configuration cannot be sent');
    }
    const stored = config === undefined ? {} : { config: config === 'clear' ? {} : wireConfig(config) };
    const secrets = typeof config === 'object' ? secretsOf(config) : [];
    const answer = await this.#calls.read({
      method: 'transitConfig',
      args: stored,
      secrets,
      hidesReply: mayHoldKey,
      reply: replies.transitConfig,
    });
    return answer.config;
  }

  /** Of a token. Asynchronous: the answer names the request, the result comes by callback. */
  transitByWalletKey(
    order: MBlockTransfer & { readonly config: TransitConfig },
  ): Promise<ProviderOutcome<{ readonly token: string }>> {
    const { walletKey, contract, to, amount, config, beforeFirstByte } = order;
    const invalid = invalidTransit(order) ?? invalidConfig(config);
    const sent = invalid === null ? wireConfig(config) : {};
    return this.#calls.instruct({
      method: 'transitByWalletKey',
      args: { walletKey: walletKey.reveal(), contract, to, amount, config: sent },
      secrets: [walletKey, ...secretsOf(config)],
      reply: replies.transitByWalletKey,
      invalid,
      beforeFirstByte,
      accept: ({ token }) => (token === null ? unknown('accepted_without_reference') : { value: { token } }),
    });
  }
}

/** A reply that brings a wallet key is never kept as text; a refusal is, for people to read. */
function mayHoldKey(text: string): boolean {
  return !/^\s*\{[^{]*"result"\s*:\s*false\b/.test(text);
}

function saysNoReceipt(error: unknown): boolean {
  if (!(error instanceof DomainError) || error.code !== 'provider.rejected') return false;
  return NO_RECEIPT_REASONS.includes(String(error.detail.reason));
}
