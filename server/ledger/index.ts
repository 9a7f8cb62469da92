export { Journal, type Posting } from './journal.ts';
export { LedgerRepository } from './ledger.repository.ts';
export { LedgerService } from './ledger.service.ts';
