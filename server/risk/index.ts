export { type Finding, strongest } from './finding.ts';
export { RiskGate } from './risk-gate.ts';
export type { RiskSubject } from './risk-rules.ts';
export type { RiskSettings } from './settings.ts';
