import { DomainError } from '#server/kernel/errors.ts';
import type { Finding } from './finding.ts';

/** Which withdrawal, and as it was asked for at which revision. */
export interface Assessed {
  readonly id: string;
  readonly revision: number;
}

/** A rule says no. Of a refused vote it carries what was found: its own commit is taken back, and the findings are kept. */
export class RiskRefusal extends DomainError {
  readonly vote: { readonly withdrawal: Assessed; readonly findings: readonly Finding[] } | null;

  constructor({ rule, threshold, observed }: Finding, vote: RiskRefusal['vote'] = null) {
    super('risk.refused', `the rule ${rule} says no`, { detail: { rule, threshold, observed } });
    this.vote = vote;
  }
}
