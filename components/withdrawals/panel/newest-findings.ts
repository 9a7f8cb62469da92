import type { RiskFindingView } from '#server/risk/contract.ts';
import { RISK_RESULTS } from '#server/risk/statuses.ts';

/** What each rule said last, the strongest first: what it said of an amount that was changed since is history. */
export function newestOfEachRule(findings: readonly RiskFindingView[]): RiskFindingView[] {
  const newest = new Map(findings.map((finding) => [finding.rule, finding]));
  return [...newest.values()].toSorted((a, b) => RISK_RESULTS.indexOf(b.result) - RISK_RESULTS.indexOf(a.result));
}
