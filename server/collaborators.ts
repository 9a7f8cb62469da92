import type { PgBoss } from 'pg-boss';
import type { HeadTarget } from './audit/head-target.port.ts';
import type { RowMac, SigningKeys } from './audit/index.ts';
import type { Amount } from './kernel/amount.ts';
import type { Clock } from './kernel/clock.ts';
import type { Secret } from './kernel/secret.ts';
import type { MiningPool } from './mining/index.ts';
import type { AddressRule } from './notifications/index.ts';
import type { Senders } from './notifications/sender.port.ts';
import type { RelyingParty, SessionLimits } from './operators/index.ts';
import type { PolicyRules } from './policies/index.ts';
import type { RiskSettings, ScreeningService } from './risk/index.ts';
import type { BreakerPolicy } from './system/index.ts';
import type { WalletKeyCipher, WalletProvider } from './wallets/index.ts';

/** What every session's services share: clients, keys, rules. Stateless, made once. */
export interface Collaborators {
  readonly clock: Clock;
  readonly random: () => number;
  readonly pool: MiningPool;
  readonly walletProvider: WalletProvider;
  readonly cipher: WalletKeyCipher;
  readonly boss: PgBoss;
  readonly risk: RiskSettings;
  /** The rules an installation starts with, until people agree on others. */
  readonly firstPolicy: PolicyRules;
  /** Null where none is configured. */
  readonly screening: ScreeningService | null;
  /** The address that transits report to, up to and without the secret. */
  readonly callbackBase: string;
  /** How people and platforms are told. */
  readonly senders: Senders;
  /** Where a webhook that was entered in the console may point. */
  readonly addressRule: AddressRule;
  /** Where passkeys are used. */
  readonly site: RelyingParty;
  /** How long people stay signed in. */
  readonly session: SessionLimits;
  /** How long a right that a colleague gave makes nobody one of several people. */
  readonly newcomerWaitHours: number;
  /** Seals questions to authenticators. */
  readonly challengeSecret: Secret;
  /** The console's address, for links in messages. */
  readonly appUrl: string;
  /** Instead of the hours a payment's absence takes to mean something; null but for rehearsals on this machine. */
  readonly quietPeriodMs: number | null;
  readonly breaker: BreakerPolicy;
  /** How long what was told is kept. */
  readonly notificationsKeptDays: number;
  /** BNB put into a wallet as gas for a transit. */
  readonly transitFee: Amount;
  /** Chain addresses of the company's own treasury, in lower case. */
  readonly companyAddresses: ReadonlySet<string>;
  /** Marks what goes into the record, and signs where its chain ends. */
  readonly auditMac: RowMac;
  readonly auditKeys: SigningKeys;
  /** Where its signed ends are kept outside the database. */
  readonly headTargets: readonly HeadTarget[];
  readonly demo: boolean;
}
