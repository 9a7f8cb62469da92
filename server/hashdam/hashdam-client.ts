import type { z } from 'zod';
import {
  ProviderCalls,
  type ProviderClientOptions,
  sameDecimal,
  unknown,
  unknownIncident,
  type Verdict,
} from '#server/provider-transport/index.ts';
import { invalidAmount, isCoin } from './order-checks.ts';
import { hashDamProtocol, listReply, type Pagination, reply } from './protocol.ts';
import * as replies from './replies.ts';

/** What every list method takes. Days are `YYYY-MM-DD` UTC, both included; `limit` 1..1000. */
export interface ListQuery {
  readonly page?: number;
  readonly limit?: number;
  readonly startDate?: string;
  readonly endDate?: string;
  /** True, the vendor's default: newest first. */
  readonly sort?: boolean;
}

export interface HashDamPage<Row> {
  readonly rows: readonly Row[];
  readonly pagination: Pagination | null;
}

/** Checked before connecting and again in the tick of the first byte; throws when the order must not leave any more. */
interface Dispatch {
  readonly beforeFirstByte?: (() => void) | undefined;
}

/**
 * HashDam pool API v1, method by method (vendor document of 2025-08-15). Amounts are plain decimal text.
 * Reads throw `DomainError`; the three instructions always come back with an outcome.
 */
export class HashDamClient {
  readonly #calls: ProviderCalls;

  constructor(options: ProviderClientOptions) {
    this.#calls = new ProviderCalls(hashDamProtocol, options);
  }

  /** What to add to the pool's times to get ours, in ms; null before its first reply. */
  get clockOffsetMs(): number | null {
    return this.#calls.connection.clockOffsetMs;
  }

  projectInfo() {
    return this.#read('projectInfo', {}, replies.projectInfo);
  }

  hashBalance() {
    return this.#read('hashBalance', {}, replies.hashBalance);
  }

  hashRateDaily(query: { readonly date?: string } = {}) {
    return this.#read('hashRateDaily', query, replies.hashRateDaily);
  }

  hashRateRecently() {
    return this.#read('hashRateRecently', {}, replies.hashRateRecently);
  }

  hashRateRecentlyMega() {
    return this.#read('hashRateRecentlyMega', {}, replies.hashRateRecently);
  }

  /** `price` is that day's closing price; the vendor does not state its currency. */
  profitDaily(query: { readonly date?: string } = {}) {
    return this.#read('profitDaily', query, replies.profitDaily);
  }

  profitDailyMega(query: { readonly date?: string } = {}) {
    return this.#read('profitDailyMega', query, replies.profitDaily);
  }

  assetBalance() {
    return this.#read('assetBalance', {}, replies.assetBalance);
  }

  hashCreditChargeHistory(query: ListQuery & { readonly chargeId?: string } = {}) {
    return this.#list('hashCreditChargeHistory', query, replies.hashCreditChargeRow);
  }

  hashPowerSwapHistory(query: ListQuery & { readonly swapId?: string } = {}) {
    return this.#list('hashPowerSwapHistory', query, replies.hashPowerSwapRow);
  }

  assetWithdrawHistory(query: ListQuery & { readonly coin?: string; readonly withdrawId?: string } = {}) {
    return this.#list('assetWithdrawHistory', query, replies.assetWithdrawRow);
  }

  /** Moves coins to the platform's own account at the exchange. */
  assetWithdrawRequest(order: Dispatch & { readonly coin: string; readonly amount: string }) {
    const { coin, amount } = order;
    return this.#calls.instruct({
      method: 'assetWithdrawRequest',
      args: { coin, amount },
      reply: reply(replies.assetWithdrawRequest.nullish()),
      invalid: isCoin(coin) ? invalidAmount(amount) : 'coin_invalid',
      beforeFirstByte: order.beforeFirstByte,
      accept: ({ data }) => {
        if (data == null || data.withdrawId === null) return unknown('accepted_without_reference');
        const otherCoin = data.coin !== null && data.coin !== coin;
        return otherCoin
          ? unknownIncident('echo_mismatch')
          : echoed(data.amount, amount, { withdrawId: data.withdrawId });
      },
    });
  }

  /** Turns hash credit into hash power. */
  hashPowerSwap(order: Dispatch & { readonly amount: string }) {
    return this.#calls.instruct({
      method: 'hashPowerSwap',
      args: { amount: order.amount },
      reply: reply(replies.hashPowerSwap.nullish()),
      invalid: invalidAmount(order.amount),
      beforeFirstByte: order.beforeFirstByte,
      accept: ({ data }) => {
        if (data == null || data.swapId === null) return unknown('accepted_without_reference');
        return echoed(data.amount, order.amount, { ...data, swapId: data.swapId });
      },
    });
  }

  /** Asks for an address to pay hash credit at; `from` is the payer's. */
  hashCreditCharge(order: Dispatch & { readonly amount: string; readonly from?: string }) {
    const { amount, from } = order;
    return this.#calls.instruct({
      method: 'hashCreditCharge',
      args: { amount, from },
      reply: reply(replies.hashCreditCharge.nullish()),
      invalid: invalidAmount(amount),
      beforeFirstByte: order.beforeFirstByte,
      accept: ({ data }) => {
        if (data == null || data.chargeId === null) return unknown('accepted_without_reference');
        return echoed(data.amount, amount, { ...data, chargeId: data.chargeId });
      },
    });
  }

  /** For what only a reader of the values can see, such as a status word we do not know. */
  reportDrift(method: string, kind: 'unknown_word' | 'unreadable_field', path: string): void {
    this.#calls.drift(method, kind, path);
  }

  async #read<Data>(method: string, args: object, data: z.ZodType<Data>): Promise<Data> {
    const answer = await this.#calls.read({ method, args: { ...args }, reply: reply(data) });
    return answer.data;
  }

  async #list<Row>(method: string, query: object, row: z.ZodType<Row>): Promise<HashDamPage<Row>> {
    const answer = await this.#calls.read({ method, args: { ...query }, reply: listReply(row) });
    return { rows: answer.data, pagination: answer.pagination ?? null };
  }
}

/** The answer must be about the amount that was asked for; the vendor does not promise to repeat it. */
function echoed<Value>(echo: string | null, asked: string, value: Value): { value: Value } | Verdict {
  return echo === null || sameDecimal(echo, asked) ? { value } : unknownIncident('echo_mismatch');
}
