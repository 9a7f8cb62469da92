export { BookCorrections } from './book-corrections.ts';
export { EvidenceSheets } from './evidence-sheet.ts';
export { Exceptions } from './exceptions.ts';
export { HandoverService } from './handover.service.ts';
export { IncidentDecisions } from './incident-decisions.ts';
export { IncidentEffects } from './incident-effects.ts';
export { ResolutionService } from './resolution.service.ts';
export { UnknownAttempts } from './unknown-attempt.ts';
