import type { EntityManager } from '@mikro-orm/postgresql';
import type { Collaborators } from './collaborators.ts';
import { type Foundation, openFoundation } from './services/foundation.ts';
import { openPayouts, type PayoutServices } from './services/payouts.ts';
import { openProviders, type ProviderServices } from './services/providers.ts';

/** Everything that lives in one session, built around its EntityManager. */
export interface Services extends Foundation, ProviderServices, PayoutServices {}

export function openServices(em: EntityManager, shared: Collaborators): Services {
  const foundation = openFoundation(em, shared);
  const providers = openProviders(em, shared, foundation);
  const below = { ...foundation, ...providers };
  return { ...below, ...openPayouts(em, shared, below) };
import { SqlIdempotency } from './database/sql-idempotency.ts';
import { DualControl } from './dual-control/index.ts';
import { IncidentLog } from './incidents/index.ts';
import { SqlJobQueue } from './jobs/sql-job-queue.ts';
import { LostJobs } from './jobs/sql-lost-jobs.ts';
import type { Clock } from './kernel/clock.ts';
import type { Idempotency } from './kernel/idempotency.ts';
import type { JobQueue } from './kernel/job-queue.ts';
import { Journal, LedgerRepository, LedgerService } from './ledger/index.ts';
import { MiningCollector, type MiningRepository, MiningService, SqlMiningRepository } from './mining/index.ts';
import { type NotificationServices, notificationServices } from './notification-services.ts';
import { Announcer } from './notifications/index.ts';
import { ApiKeyService, OperatorService } from './operators/index.ts';
import { FreezeService, SystemService } from './system/index.ts';
import { KeyRotationRepository, SqlWalletRepository, type WalletRepository, WalletService } from './wallets/index.ts';
import {
  MiningRail,
  PayoutFence,
  PayoutLookUpService,
  PayoutService,
  PayoutWaits,
  WalletRail,
  WithdrawalMover,
  WithdrawalRepository,
  WithdrawalService,
  WithdrawalViews,
} from './withdrawals/index.ts';

/** Everything that lives in one session, built around its EntityManager. */
export interface Services extends NotificationServices {
  readonly idempotency: Idempotency;
  readonly jobs: JobQueue;
  readonly lostJobs: LostJobs;
  readonly audit: AuditTrail;
  readonly assets: AssetRegistry;
  readonly ledger: LedgerService;
  readonly mining: MiningService;
  readonly miningCollector: MiningCollector;
  readonly walletRepository: WalletRepository;
  readonly wallets: WalletService;
  readonly withdrawals: WithdrawalService;
  readonly withdrawalViews: WithdrawalViews;
  readonly payoutFence: PayoutFence;
  readonly payouts: PayoutService;
  readonly payoutLookUps: PayoutLookUpService;
  readonly operators: OperatorService;
  readonly apiKeys: ApiKeyService;
  readonly system: SystemService;
  readonly dualControl: DualControl;
  readonly incidents: IncidentLog;
  readonly keyRotations: KeyRotationRepository;
  readonly freezes: FreezeService;
}

export function openServices(em: EntityManager, shared: Collaborators): Services {
  const { clock, pool, walletProvider, cipher, boss, approvalRule: rule, demo, random, callbackBase } = shared;
  const audit = new AuditTrail({ em, clock });
  const notifications = new Announcer({ em, clock });
  const jobs = new SqlJobQueue({ em, boss });
  const assets = new AssetRegistry({ em });
  const books = new LedgerRepository({ em });
  const journal = new Journal({ ledger: books, clock });
  const ledger = new LedgerService({ journal, ledger: books, assets, audit, clock });
  const freezes = new FreezeService({ em, audit });
  const system = new SystemService({ em, audit, freezes, demo });
  const mining: MiningRepository = new SqlMiningRepository({ em });
  const walletRepository = new SqlWalletRepository({ em });
  const withdrawals = new WithdrawalRepository({ em });
  const mover = new WithdrawalMover({ ledger, audit, notifications, jobs, clock });
  const waits = new PayoutWaits({ mover, jobs });
  const incidents = new IncidentLog({ em, audit, notifications, clock });
  const miningService = new MiningService({ mining, pool, clock });
  const wallets = new WalletService({ wallets: walletRepository, provider: walletProvider, assets, cipher, clock });
  const miningRail = new MiningRail({ withdrawals, service: miningService, mining });
  const walletRail = new WalletRail({
    withdrawals,
    service: wallets,
    wallets: walletRepository,
    callbackBase,
    audit,
    clock,
  });
  const rails = { mining: miningRail, wallet_transfer: walletRail, wallet_transit: walletRail };
  return {
    idempotency: new SqlIdempotency({ em, clock }),
    jobs,
    lostJobs: new LostJobs({ em, jobs }),
    audit,
    assets,
    ledger,
    system,
    ...notificationServices(em, shared, { notifications, audit, jobs }),
    freezes,
    walletRepository,
    mining: miningService,
    miningCollector: new MiningCollector({ mining, pool, ledger, assets, audit, jobs, clock }),
    wallets,
    withdrawals: new WithdrawalService({ withdrawals, mover, assets, mining, system, jobs, rule, clock }),
    withdrawalViews: new WithdrawalViews({ em, withdrawals, mining, ledger, system, audit, clock }),
    payoutFence: new PayoutFence({ withdrawals, mover, rails, waits, incidents, system, jobs }),
    payouts: new PayoutService({ withdrawals, mover, rails, waits, incidents, system, jobs, random }),
    payoutLookUps: new PayoutLookUpService({ withdrawals, mover, log: miningRail.log, system, jobs }),
    ...peopleServices({ em, audit, clock }),
    incidents,
    keyRotations: new KeyRotationRepository({ em }),
  };
}

/** Who may do what, and what takes two of them. */
function peopleServices(deps: { em: EntityManager; audit: AuditTrail; clock: Clock }) {
  return {
    operators: new OperatorService(deps),
    apiKeys: new ApiKeyService(deps),
    dualControl: new DualControl(deps),
  };
}
