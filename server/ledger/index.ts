export {
  type Account,
  COMPANY,
  companyAccount,
  LOSS,
  memberAccount,
  POOL,
  POOL_FEE,
  receivableAccount,
  SUSPENSE_WALLETS,
} from './accounts.ts';
export { BookAlarms } from './book-alarms.ts';
export { BookedFacts } from './booked-facts.ts';
export { FeeModes } from './fee-modes.ts';
export { ALARMS, type Breach, breachesOf, LEDGER_RULES, type Rules, WITHDRAWAL_RULES } from './invariants.ts';
export { Journal, type Posting } from './journal.ts';
export { LedgerRepository } from './ledger.repository.ts';
export { LedgerService } from './ledger.service.ts';
export { OWED } from './owed.ts';
export type { FeeMode } from './posting-parts.ts';
export { StatementRepository } from './statement.repository.ts';
export { StatementService } from './statement.service.ts';
export { WalletBooks } from './wallet-books.ts';
