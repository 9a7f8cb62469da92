import type { ActingParty } from '#server/kernel/actor.ts';
import type { Amount } from '#server/kernel/amount.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import type { ProviderName, ProviderOutcome } from '#server/kernel/provider-outcome.ts';
import type { Secret } from '#server/kernel/secret.ts';
import type { AttemptLog } from './attempt-log.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { LapseReason, WaitReason, WithdrawalKind } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

/** What the worker sends after the fence: taken from the approved row and from nowhere else. */
export interface PayoutOrder {
  readonly attemptId: string;
  readonly withdrawalId: string;
  readonly attemptNo: number;
  readonly kind: WithdrawalKind;
  readonly provider: ProviderName;
  readonly amount: Amount;
  readonly walletId: string | null;
  readonly to: string;
  /** The secret in a transit's callback address; only its hash is kept. */
  readonly callbackSecret: Secret | null;
  /** What `seenBefore` read; null when it could not be read. */
  readonly before: Json | null;
  /** How long from the fence on the first byte may still leave. */
  readonly sendWithinMs: number;
}

/** What a provider named the payment it took: by a reference, or by a token that is not one yet. */
export type PaymentName = { readonly reference: string } | { readonly token: string };
export type PayoutOutcome = ProviderOutcome<PaymentName>;

/** How one kind of withdrawal is paid: everything about a payout that differs from one provider's way to another's. */
export interface PayoutRail {
  readonly provider: ProviderName;
  /** Keeps the provider's side of an attempt, in the attempt's own commits. */
  readonly log: AttemptLog;
  /**
   * Read before the fence, outside any transaction, and kept with the attempt. Null when it could not be read, or when
   * `mayCall`, which is asked before the provider is, says no.
   */
  seenBefore(withdrawal: Withdrawal, mayCall: () => Promise<boolean>): Promise<Json | null>;
  /**
   * What holds it back beside what holds back every payout, or what it relies on. In the fence's transaction, which locks
   * or keeps the latter.
   */
  mayGo(withdrawal: Withdrawal, seen: { before: Json | null; now: Date }): Promise<Clearance>;
  /** What of the approval no longer holds, such as a destination that changed; null when all of it does. */
  whyLapse(withdrawal: Withdrawal): Promise<LapseReason | null>;
  /** Nothing leaves the attempt's wallet any more before people have looked at it. */
  pauseWallet(attempt: PayoutAttempt, reason: string, by: ActingParty): Promise<void>;
  /** Sends, once, outside any transaction; never throws for what the provider did. `beforeFirstByte` may stop it. */
  send(order: PayoutOrder, beforeFirstByte: () => void): Promise<PayoutOutcome>;
}

/** Why a payout must wait, or what it is covered by, where that is known. */
export type Clearance = { readonly wait: WaitReason } | { readonly wait: null; readonly cover: Cover | null };

/** What the provider held, since when what is out counts against that, and what each payout takes beside its amount. */
export interface Cover {
  readonly amount: Amount;
  readonly since: Date;
  readonly fee: Amount;
}

export type PayoutRails = Readonly<Record<WithdrawalKind, PayoutRail>>;
