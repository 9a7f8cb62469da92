export { AddressBook } from './allow-list/address-book.ts';
export { AllowList } from './allow-list/allow-list.ts';
export { type Finding, strongest } from './finding.ts';
export { RiskGate } from './risk-gate.ts';
export type { RiskSubject } from './risk-rules.ts';
export type { RiskSettings } from './settings.ts';
