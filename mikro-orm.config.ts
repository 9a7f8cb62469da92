import { Migrator } from '@mikro-orm/migrations';
import { defineConfig, type Options } from '@mikro-orm/postgresql';
import { migrations } from './migrations/index.ts';
import { Asset } from './server/assets/asset.entity.ts';
import { AuditEvent } from './server/audit/audit-event.entity.ts';
import { DualDecision } from './server/dual-control/dual-decision.entity.ts';
import { Incident } from './server/incidents/incident.entity.ts';
import { LedgerEntry, LedgerTransaction } from './server/ledger/ledger.entity.ts';
import { MiningBalance, MiningWithdrawal, PoolHashRateRow, PoolProjectRow } from './server/mining/mining.entity.ts';
import { Delivery } from './server/notifications/delivery.entity.ts';
import { Notification } from './server/notifications/notification.entity.ts';
import { NotificationEvent } from './server/notifications/notification-event.entity.ts';
import { WebhookEndpoint } from './server/notifications/webhook-endpoint.entity.ts';
import { ApiKey, ApiKeySecret } from './server/operators/api-keys/api-key.entity.ts';
import { Operator, OperatorAccount } from './server/operators/operator.entity.ts';
import { PolicyVersion } from './server/policies/policy-version.entity.ts';
import { AllowListEntry } from './server/risk/allow-list/allow-list-entry.entity.ts';
import { RiskFinding } from './server/risk/risk-finding.entity.ts';
import { Freeze } from './server/system/freeze.entity.ts';
import { ProviderState } from './server/system/provider-state.entity.ts';
import { KeyRotation } from './server/wallets/key-rotation.entity.ts';
import { Wallet, WalletTransaction } from './server/wallets/wallet.entity.ts';
import { WithdrawalApproval } from './server/withdrawals/approval.entity.ts';
import { PayoutAttempt, PayoutEvidence } from './server/withdrawals/payout-attempt.entity.ts';
import { Withdrawal } from './server/withdrawals/withdrawal.entity.ts';

/** Entities and migrations, listed by hand: nothing is discovered from folders, so a bundler cannot lose one. */
export const entities = [
  Asset,
  AuditEvent,
  LedgerTransaction,
  LedgerEntry,
  Operator,
  OperatorAccount,
  ApiKey,
  ApiKeySecret,
  ProviderState,
  Freeze,
  Withdrawal,
  WithdrawalApproval,
  PayoutAttempt,
  PayoutEvidence,
  RiskFinding,
  AllowListEntry,
  Wallet,
  WalletTransaction,
  KeyRotation,
  PoolProjectRow,
  PoolHashRateRow,
  MiningBalance,
  MiningWithdrawal,
  DualDecision,
  PolicyVersion,
  Incident,
  NotificationEvent,
  Notification,
  WebhookEndpoint,
  Delivery,
];

/** Tables that are ours but not entities: written by SQL or by a library. */
const TABLES_WITHOUT_ENTITY = [
  'operator_sessions',
  'operator_verifications',
  'operator_second_factors',
  'operator_recovery_codes',
  'operator_attempts',
  'operator_devices',
  'api_key_calls',
  'operator_invitations',
  'operator_passkeys',
  'passkey_challenges',
  'step_ups',
  'idempotency_records',
  'ledger_accounts',
  'ledger_balances',
  'ledger_totals',
  'ledger_fold',
  'wallet_slots',
  'wallet_callbacks',
  'wallet_readings',
  'workers',
  'open_breakers',
  'pool_history_contents',
  'pool_history_reads',
  'pool_watches',
  'pool_fee_modes',
  'pool_row_claims',
  'risk_screenings',
  'reconciliation_runs',
  'reconciliation_rows',
  'reconciliation_differences',
  'audit_links',
  'audit_head',
  'audit_exports',
  'approval_delegations',
];

/** What every MikroORM of this project is made from; the caller adds where the database is. */
export const ormOptions = {
  entities,
  extensions: [Migrator],
  migrations: { migrationsList: migrations, snapshot: false, silent: true, transactional: true, allOrNothing: true },
  schemaGenerator: { ignoreSchema: ['pgboss'], skipTables: TABLES_WITHOUT_ENTITY },
  forceUtcTimezone: true,
  pool: { min: 0, max: 10 },
} satisfies Partial<Options>;

export default defineConfig(ormOptions);
