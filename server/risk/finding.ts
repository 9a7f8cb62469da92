import { RISK_RESULTS, type RiskResult, type RiskRule } from './statuses.ts';

/** What a rule says of one withdrawal: against which threshold, by what it saw. */
export interface Finding {
  readonly rule: RiskRule;
  readonly result: RiskResult;
  /** An amount, a count, a number of hours: as the rule has it. Null where a rule knows only yes and no. */
  readonly threshold: string | null;
  readonly observed: string;
}

/** The strongest of them is what happens. */
export function strongest(findings: readonly Finding[]): Finding | null {
  const rank = ({ result }: Finding) => RISK_RESULTS.indexOf(result);
  return findings.reduce<Finding | null>((top, each) => (top && rank(top) >= rank(each) ? top : each), null);
}
