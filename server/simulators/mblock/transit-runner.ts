import type { Timers } from '../timers.ts';
import { BNB, type Chain, GAS } from './chain.ts';
import type { TransitRequest } from './chain-events.ts';

const CALLBACK_TIMEOUT_MS = 5000;

export interface TransitCallbackBody {
  readonly result: boolean;
  readonly token: string;
  readonly txidFee: string | null;
  readonly txidToken: string | null;
  readonly message?: string;
}

/** Carries transits out: gas where it is needed, then the tokens, then the callback. */
export class TransitRunner {
  readonly #chain: Chain;
  readonly #timers: Timers;
  readonly #settleAfterMs: number;
  readonly #posting = new AbortController();

  constructor(deps: { chain: Chain; timers: Timers; settleAfterMs: number }) {
    this.#chain = deps.chain;
    this.#timers = deps.timers;
    this.#settleAfterMs = deps.settleAfterMs;
  }

  /** Also for those that an earlier process took and did not finish. */
  scheduleOpen(scheduled: ReadonlySet<string> = new Set()): void {
    for (const { token } of this.#chain.openTransits()) {
      if (!scheduled.has(token)) this.#timers.after(this.#settleAfterMs, () => this.run(token));
    }
  }

  /** Does nothing when it is done already. */
  run(token: string): void {
    const transit = this.#chain.openTransits().find((open) => open.token === token);
    if (transit === undefined) return;
    const body = this.#execute(transit);
    this.#chain.record({ type: 'transit_done', atMs: this.#chain.nowMs, token });
    this.#report(transit, body);
  }

  close(): void {
    this.#posting.abort();
  }

  #execute({ token, from, to, asset, amount, fee, feeAddress, fault }: TransitRequest): TransitCallbackBody {
    const refused = { result: false, token, txidFee: null, txidToken: null, message: 'Not enough balance' };
    const chain = this.#chain;
    const gas = chain.amount(BNB, GAS);
    if (fault === 'callback_refused') return refused;
    let txidFee: string | null = null;
    if (chain.balance(from, BNB).isLessThan(gas)) {
      const needed = chain.amount(BNB, fee).plus(gas);
      if (chain.balance(feeAddress, BNB).isLessThan(needed)) return refused;
      txidFee = chain.transfer({ from: feeAddress, to: from, asset: BNB, amount: fee, leg: 'gas' });
    }
    const short = chain.balance(from, asset).isLessThan(chain.amount(asset, amount));
    if (fault === 'callback_partial' || short || chain.balance(from, BNB).isLessThan(gas))
      return { ...refused, txidFee };
    const txidToken = chain.transfer({ from, to, asset, amount, leg: 'tokens' });
    return { result: true, token, txidFee, txidToken };
  }

  #report({ callback, fault, faultDelayMs }: TransitRequest, body: TransitCallbackBody): void {
    if (fault === 'callback_none') return;
    const post = (): void => void this.#post(callback, body);
    this.#timers.after(fault === 'callback_late' ? faultDelayMs : 0, post);
    if (fault === 'callback_twice') this.#timers.after(0, post);
  }

  /** Posted once, whatever comes of it: the vendor does not try again either. */
  async #post(callback: string, body: TransitCallbackBody): Promise<void> {
    try {
      const signal = AbortSignal.any([this.#posting.signal, AbortSignal.timeout(CALLBACK_TIMEOUT_MS)]);
      const headers = { 'Content-Type': 'application/json' };
      await fetch(callback, { method: 'POST', headers, body: JSON.stringify(body), redirect: 'manual', signal });
    } catch {
      // Nobody listens there; a real vendor would not tell us either.
    }
  }
}
