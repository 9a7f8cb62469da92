import type { EntityManager } from '@mikro-orm/postgresql';
import { AssetRegistry } from '#server/assets/index.ts';
import {
  AuditCheck,
  AuditExport,
  AuditHead,
  AuditLog,
  AuditSealer,
  AuditTrail,
  HeadExport,
} from '#server/audit/index.ts';
import type { Collaborators } from '#server/collaborators.ts';
import { SqlIdempotency } from '#server/database/sql-idempotency.ts';
import { DualControl } from '#server/dual-control/index.ts';
import { IncidentLog } from '#server/incidents/index.ts';
import { SqlJobQueue } from '#server/jobs/sql-job-queue.ts';
import { LostJobs } from '#server/jobs/sql-lost-jobs.ts';
import {
  BookAlarms,
  BookedFacts,
  FeeModes,
  Journal,
  LedgerRepository,
  LedgerService,
  StatementRepository,
  StatementService,
  WalletBooks,
} from '#server/ledger/index.ts';
import { Announcer } from '#server/notifications/index.ts';
import { PolicyBook, PolicyService, PolicySimulation, Prices } from '#server/policies/index.ts';
import { FreezeService, ProviderWatch, SystemService, SystemStatus, WorkerRegistry } from '#server/system/index.ts';
import { SealedKeys } from '#server/wallets/index.ts';
import { openPeople } from './people.ts';

export type Foundation = ReturnType<typeof openFoundation>;

/** What every module stands on: the record, the books, the queue, the people, what is stopped and what is wrong. */
export function openFoundation(em: EntityManager, shared: Collaborators) {
  const { clock, demo, breaker: policy } = shared;
  const audit = new AuditTrail({ em, clock, mac: shared.auditMac });
  const notifications = new Announcer({ em, clock });
  const headTargets = shared.headTargets.map(({ name }) => name);
  const headExport = new HeadExport({ em, alerts: notifications, targets: headTargets });
  const auditLog = new AuditLog({ em });
  const auditHead = new AuditHead({ em, keys: shared.auditKeys });
  const jobs = new SqlJobQueue({ em });
  const assets = new AssetRegistry({ em });
  const books = new LedgerRepository({ em });
  const feeModes = new FeeModes({ em });
  const journal = new Journal({ ledger: books, feeModes, clock });
  const statements = new StatementService({ statements: new StatementRepository({ em }) });
  const freezes = new FreezeService({ em, audit, notifications });
  const dualControl = new DualControl({ em, audit, notifications });
  const prices = new Prices({ em });
  const policyBook = new PolicyBook({ em, audit, prices, first: shared.firstPolicy });
  const sealedKeys = new SealedKeys({ em, cipher: shared.cipher, audit, jobs });
  return {
    sealedKeys,
    audit,
    auditHead,
    auditLog,
    auditExport: new AuditExport({ em, log: auditLog, head: auditHead, keys: shared.auditKeys, audit, clock }),
    auditSealer: new AuditSealer({ em, mac: shared.auditMac, head: auditHead, alerts: notifications }),
    auditCheck: new AuditCheck({ em, mac: shared.auditMac, head: auditHead, keys: shared.auditKeys }),
    headExport,
    notifications,
    jobs,
    assets,
    freezes,
    idempotency: new SqlIdempotency({ em, clock }),
    lostJobs: new LostJobs({ em, jobs }),
    statements,
    feeModes,
    booked: new BookedFacts({ em }),
    bookAlarms: new BookAlarms({ em, notifications }),
    ledger: new LedgerService({ journal, ledger: books, statements, assets, audit, clock }),
    system: new SystemService({ em, audit, notifications, policy }),
    systemStatus: new SystemStatus({ em, freezes, sealedKeys, headExport, policy, clock, demo }),
    providerWatch: new ProviderWatch({ em, audit, notifications, policy }),
    workers: new WorkerRegistry({ em }),
    walletBooks: new WalletBooks({ em }),
    dualControl,
    policyBook,
    policySimulation: new PolicySimulation({ em, book: policyBook, prices }),
    policies: new PolicyService({ em, book: policyBook, dualControl, audit, notifications, jobs }),
    incidents: new IncidentLog({ em, audit, notifications, clock }),
    ...openPeople(em, shared, { audit, notifications }),
  };
}
