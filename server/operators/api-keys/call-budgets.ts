import type { Sessions } from '#server/kernel/sessions.ts';
import type { CallLots } from './call-lots.ts';

/** How a key stands within its minute. */
export interface CallBudget {
  readonly isSpent: boolean;
  readonly callsPerMinute: number;
  /** As far as this process knows. */
  readonly remaining: number;
  readonly resetsInMs: number;
}

interface Lot {
  readonly minute: string;
  left: number;
  readonly undrawn: number;
  readonly endsAtMs: number;
}

interface Asked {
  readonly id: string;
  readonly callsPerMinute: number;
}

/**
 * How many calls a key may make in a minute, whatever the number of processes that answer them. Each spends lots that it
 * draws from the database, which alone knows the sum; what it has not spent ends with the minute.
 */
export class CallBudgets {
  readonly #sessions: Sessions<{ readonly callLots: CallLots }>;
  readonly #lots = new Map<string, Lot>();
  readonly #drawing = new Map<string, Promise<void>>();

  constructor(deps: { sessions: Sessions<{ readonly callLots: CallLots }> }) {
    this.#sessions = deps.sessions;
  }

  /** Counts so many calls, all of them or none. */
  async take(key: Asked, calls: number): Promise<CallBudget> {
    while (true) {
      const lot = this.#current(key.id);
      if (lot && lot.left >= calls) {
        lot.left -= calls;
        return budgetOf(lot, key, false);
      }
      if (lot && lot.left + lot.undrawn < calls) return budgetOf(lot, key, true);
      await this.#drawn(key, calls);
    }
  }

  #current(id: string): Lot | null {
    const lot = this.#lots.get(id);
    return lot && lot.endsAtMs > performance.now() ? lot : null;
  }

  /** One draw at a time for each key: whoever comes meanwhile looks at what it brought. */
  #drawn(key: Asked, calls: number): Promise<void> {
    const running = this.#drawing.get(key.id);
    if (running !== undefined) return running;
    const draw = this.#draw(key, calls).finally(() => this.#drawing.delete(key.id));
    this.#drawing.set(key.id, draw);
    return draw;
  }

  async #draw({ id, callsPerMinute }: Asked, calls: number): Promise<void> {
    const needed = calls - (this.#current(id)?.left ?? 0);
    const { minute, lot, undrawn, msLeft } = await this.#sessions.withoutTransaction(({ callLots }) =>
      callLots.draw(id, callsPerMinute, needed),
    );
    const before = this.#lots.get(id);
    const left = (before?.minute === minute ? before.left : 0) + lot;
    // Less than was needed is there: it counts as nothing, so that a refusal is not asked for again and again.
    this.#lots.set(id, { minute, left, undrawn: lot === 0 ? 0 : undrawn, endsAtMs: performance.now() + msLeft });
  }
}

const budgetOf = ({ left, undrawn, endsAtMs }: Lot, { callsPerMinute }: Asked, isSpent: boolean): CallBudget => ({
  isSpent,
  callsPerMinute,
  remaining: isSpent ? 0 : left + undrawn,
  resetsInMs: Math.max(0, endsAtMs - performance.now()),
});
