import { createHash } from 'node:crypto';
import type { Amount } from '#server/kernel/amount.ts';

/** How many people must approve, and by which version of the rule. */
export interface ApprovalRequirement {
  readonly required: number;
  readonly policyVersion: string;
}

/** Two people from an asset's threshold on, one below it; an asset without a threshold always needs two. */
export class ApprovalRule {
  readonly #twoPersonFrom: ReadonlyMap<string, Amount>;
  readonly #version: string;
  /** For so long after the last approval nothing is sent, and the last approver may still cancel. */
  readonly cancelWindowMs: number;

  constructor(settings: { twoPersonFrom: ReadonlyMap<string, Amount>; cancelWindowMs?: number }) {
    this.#twoPersonFrom = settings.twoPersonFrom;
    this.cancelWindowMs = settings.cancelWindowMs ?? 0;
    const text = [...settings.twoPersonFrom].map(([asset, from]) => `${asset}:${from}`).sort();
    this.#version = `two-person-from:${createHash('sha256').update(text.join(',')).digest('hex').slice(0, 12)}`;
  }

  requirementFor(amount: Amount): ApprovalRequirement {
    const threshold = this.#twoPersonFrom.get(amount.asset);
    return { required: threshold && amount.isLessThan(threshold) ? 1 : 2, policyVersion: this.#version };
  }
}
