export { EvidenceSheets } from './evidence-sheet.ts';
export { Exceptions } from './exceptions.ts';
export { ResolutionService } from './resolution.service.ts';
export { UnknownAttempts } from './unknown-attempt.ts';
