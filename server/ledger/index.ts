export { LedgerRepository } from './ledger.repository.ts';
export { LedgerService, type Posting } from './ledger.service.ts';
