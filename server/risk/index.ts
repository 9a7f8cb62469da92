export { AddressBook } from './allow-list/address-book.ts';
export { AllowList } from './allow-list/allow-list.ts';
export { type Finding, strongest } from './finding.ts';
export { RiskGate } from './risk-gate.ts';
export type { RiskSubject } from './risk-rules.ts';
export { SCREENING_PENDING } from './risk-rules.ts';
export type { ScreeningAnswer, ScreeningOrder, ScreeningService } from './screening.port.ts';
export { Screenings } from './screenings.ts';
export type { RiskSettings } from './settings.ts';
