import type { EntityManager } from '@mikro-orm/postgresql';
import { AssetRegistry } from './assets/index.ts';
import { AuditTrail } from './audit/index.ts';
import type { Collaborators } from './collaborators.ts';
import { SqlIdempotency } from './database/sql-idempotency.ts';
import { DualControl } from './dual-control/index.ts';
import { IncidentLog } from './incidents/index.ts';
import { SqlJobQueue } from './jobs/sql-job-queue.ts';
import type { Idempotency } from './kernel/idempotency.ts';
import type { JobQueue } from './kernel/job-queue.ts';
import { Journal, LedgerRepository, LedgerService } from './ledger/index.ts';
import { MiningCollector, type MiningRepository, MiningService, SqlMiningRepository } from './mining/index.ts';
import { Announcer } from './notifications/index.ts';
import { ApiKeyService, OperatorService } from './operators/index.ts';
import { FreezeService, SystemService } from './system/index.ts';
import { SqlWalletRepository, type WalletRepository, WalletService } from './wallets/index.ts';
import {
  MiningAttemptLog,
  PayoutLookUpService,
  PayoutService,
  WithdrawalMover,
  WithdrawalRepository,
  WithdrawalService,
  WithdrawalViews,
} from './withdrawals/index.ts';

/** Everything that lives in one session, built around its EntityManager. */
export interface Services {
  readonly idempotency: Idempotency;
  readonly jobs: JobQueue;
  readonly audit: AuditTrail;
  readonly assets: AssetRegistry;
  readonly ledger: LedgerService;
  readonly mining: MiningService;
  readonly miningCollector: MiningCollector;
  readonly walletRepository: WalletRepository;
  readonly wallets: WalletService;
  readonly withdrawals: WithdrawalService;
  readonly withdrawalViews: WithdrawalViews;
  readonly payouts: PayoutService;
  readonly payoutLookUps: PayoutLookUpService;
  readonly operators: OperatorService;
  readonly apiKeys: ApiKeyService;
  readonly system: SystemService;
  readonly dualControl: DualControl;
  readonly incidents: IncidentLog;
  readonly notifications: Announcer;
  readonly freezes: FreezeService;
}

export function openServices(em: EntityManager, shared: Collaborators): Services {
  const { clock, pool, walletProvider, cipher, boss, approvalRule: rule, demo, random } = shared;
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
  const mover = new WithdrawalMover({ ledger, audit, notifications, clock });
  const log = new MiningAttemptLog({ mining });
  return {
    idempotency: new SqlIdempotency({ em, clock }),
    jobs,
    audit,
    assets,
    ledger,
    system,
    notifications,
    freezes,
    walletRepository,
    mining: new MiningService({ mining, pool, clock }),
    miningCollector: new MiningCollector({ mining, pool, ledger, assets, audit, jobs, clock }),
    wallets: new WalletService({ wallets: walletRepository, provider: walletProvider, assets, cipher, clock }),
    withdrawals: new WithdrawalService({ withdrawals, mover, assets, mining, system, jobs, rule, clock }),
    withdrawalViews: new WithdrawalViews({ em, withdrawals, mining, ledger, system, audit, clock }),
    payouts: new PayoutService({ withdrawals, mover, mining, log, system, jobs, random }),
    payoutLookUps: new PayoutLookUpService({ withdrawals, mover, log, system, jobs }),
    operators: new OperatorService({ em, audit, clock }),
    apiKeys: new ApiKeyService({ em, audit, clock }),
    dualControl: new DualControl({ em, audit, clock }),
    incidents: new IncidentLog({ em, audit, notifications, clock }),
  };
}
