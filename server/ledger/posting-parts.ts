import type { Amount } from '#server/kernel/amount.ts';
import type { Account } from './accounts.ts';
import type { Leg } from './legs.ts';

/** Whether the pool took its fee from the amount or beside it. */
export type FeeMode = 'on_top' | 'inside';

/** What the legs of a posting depend on. With a `walletId` a withdrawal's postings are of the wallet, else of the member. */
export interface PostingParts {
  readonly amount: Amount;
  readonly memberId?: string | undefined;
  readonly walletId?: string | undefined;
  /** SETTLE, LATE of a pool coin: what the pool kept, borne by the company. */
  readonly fee?: Amount | undefined;
  /** Default is what the pool's days have shown of the coin, and `on_top` before they have. */
  readonly feeMode?: FeeMode | undefined;
  /** SETTLE, LATE, ADOPT, UNSETTLE, UNLATE of a wallet: the target is the company's own, which then owes the member. */
  readonly toCompany?: boolean | undefined;
  /** OBSERVE: BNB that the company put there as gas. */
  readonly toGas?: boolean | undefined;
  /** DEPOSIT: it was observed before anybody said so, and stands as the member's. */
  readonly credited?: boolean | undefined;
  /** UNSETTLE, UNLATE: the member has been paid by the platform and keeps it. */
  readonly handedOver?: boolean | undefined;
  /** UNLATE: two people had honoured the late payment. */
  readonly adopted?: boolean | undefined;
  /** ADOPT of a wallet: what of it had been written off as a shortage before, so that no LATE was booked for it. */
  readonly writtenOff?: Amount | undefined;
  /** UNLATE of a wallet that nobody had taken: where its amount stands by now, debits above zero; default is where LATE put it. */
  readonly stands?: readonly Leg[] | undefined;
  /** UNSETTLE, UNLATE: the provider does not show the coins back, so it owes them. */
  readonly owedByPool?: boolean | undefined;
  /** UNSETTLE, UNLATE of a pool coin: what the pool gave back; default is all that it took. */
  readonly back?: Amount | undefined;
  /** ADJUST, WRITEOFF: the accounts; a write-off debits `loss`. */
  readonly debit?: Account | undefined;
  readonly credit?: Account | undefined;
}

/** What the books themselves say at the moment of booking; filled in by the ledger, never by a caller. */
export interface PostingSplit {
  /** CREDIT: what of it repays the member's debt. */
  readonly repaid?: Amount;
  /** REVERSE: what of it the member no longer has. */
  readonly owed?: Amount;
  /** GAS: what of it was the company's gas, and what of it the wallet's own BNB. */
  readonly fromGas?: Amount;
  readonly fromWallet?: Amount;
  /** UNSETTLE, UNLATE of a pool coin: what the company got, and what the pool gave, when it was booked. */
  readonly reached?: Amount;
  readonly left?: Amount;
}
