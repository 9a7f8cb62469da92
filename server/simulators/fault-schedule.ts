import { type Fault, type FaultOrder, type FaultPlan, faultOrder } from './faults.ts';

/** Decides which fault the next call meets: ordered ones first, then the plan's chance. */
export class FaultSchedule {
  #ordered: { fault: Fault; left: number }[] = [];
  #plan: FaultPlan | null = null;
  #random: () => number = () => 1;

  order(order: FaultOrder): void {
    const fault = faultOrder.parse(order);
    this.#ordered.push({ fault, left: fault.times });
  }

  follow(plan: FaultPlan | null): void {
    this.#plan = plan;
    this.#random = seededRandom(plan?.seed ?? 0);
  }

  clear(): void {
    this.#ordered = [];
    this.follow(null);
  }

  next(method: string): Fault | null {
    const ordered = this.#ordered.find(({ fault }) => fault.method === '*' || fault.method === method);
    if (ordered === undefined) return this.#byChance(method);
    ordered.left -= 1;
    if (ordered.left === 0) this.#ordered = this.#ordered.filter((other) => other !== ordered);
    return ordered.fault;
  }

  #byChance(method: string): Fault | null {
    const plan = this.#plan;
    if (plan === null || (plan.methods && !plan.methods.includes(method))) return null;
    let drawn = this.#random();
    for (const [fault, probability] of Object.entries(plan.probabilities)) {
      if (drawn < probability) return faultOrder.parse({ method, fault, delayMs: plan.delayMs });
      drawn -= probability;
    }
    return null;
  }
}

/** A small generator of the mulberry kind; good enough to spread faults, and the same on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
