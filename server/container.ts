import { isIP } from 'node:net';
import type { MikroORM } from '@mikro-orm/postgresql';
import { PgBoss } from 'pg-boss';
import type { HeadTarget } from './audit/head-target.port.ts';
import { headsFile, KeptHeads, RowMac, SigningKeys } from './audit/index.ts';
import type { Collaborators } from './collaborators.ts';
import { type Config, createLogger, type Logger } from './config/index.ts';
import { closeOrm, openOrm } from './database/orm.ts';
import { refuseInsideTransaction, SessionManager } from './database/session-manager.ts';
import { closeSignInPool, signInPool } from './database/sign-in-pool.ts';
import { HashDamClient, HashDamMiningPool } from './hashdam/index.ts';
import { onConnectionOf } from './jobs/sql-job-queue.ts';
import { systemClock } from './kernel/clock.ts';
import { MBlockClient, MBlockWalletProvider } from './mblock/index.ts';
import { alertWebhook, headsWebhook, platformWebhook, screeningService, smtpMail } from './messengers/index.ts';
import type { AddressRule } from './notifications/index.ts';
import type { Senders } from './notifications/sender.port.ts';
import { firstPolicy } from './policies/index.ts';
import { openSignIn, type SignInServices } from './services/sign-in.ts';
import { openServices, type Services } from './services.ts';
import { KeyRotationEnds, KeyRotations, WalletCreation, WalletKeyCipher } from './wallets/index.ts';
import { WalletRequests } from './withdrawals/index.ts';

/** The application, put together. Used by the web, the worker and the scripts alike. */
export interface Container extends SignInServices {
  readonly config: Config;
  readonly logger: Logger;
  readonly orm: MikroORM;
  readonly sessions: SessionManager<Services>;
  readonly shared: Collaborators;
  /** Where heads of the record's chain are kept outside the database. */
  readonly headTargets: readonly HeadTarget[];
  /** Those that this machine can read; null where it can read none. */
  keptHeads(): Promise<KeptHeads | null>;
  readonly walletCreation: WalletCreation;
  readonly keyRotations: KeyRotations<Services>;
  readonly walletRequests: WalletRequests;
  close(): Promise<void>;
}

/** The one place where classes meet. `replace` is for tests: another clock, another rule. */
export async function openContainer(config: Config, replace: Partial<Collaborators> = {}): Promise<Container> {
  const databaseUrl = config.databaseUrl.reveal();
  const logger = createLogger(config);
  const orm = await openOrm(databaseUrl);
  const shared = { ...collaborators(config, orm), ...replace };
  // It also asks by itself now and then; without a listener a lost database would end the process.
  shared.boss.on('error', (error) => logger.warn({ err: error }, 'job queue'));
  await shared.boss.start();
  const sessions = new SessionManager(orm, (em) => openServices(em, shared));
  return {
    config,
    logger,
    orm,
    sessions,
    shared,
    headTargets: shared.headTargets,
    async keptHeads() {
      const { headsFile: path } = config.audit;
      return path ? KeptHeads.read(path).catch(() => null) : null;
    },
    ...(await openSignIn(config, { sessions, pool: signInPool(databaseUrl), site: shared.site })),
    walletCreation: new WalletCreation({
      sessions,
      provider: shared.walletProvider,
      cipher: shared.cipher,
      clock: shared.clock,
    }),
    keyRotations: new KeyRotations({
      sessions,
      provider: shared.walletProvider,
      cipher: shared.cipher,
      clock: shared.clock,
      ends: new KeyRotationEnds({ clock: shared.clock }),
      deadlineMs: config.providerDeadlineMs,
    }),
    walletRequests: new WalletRequests({ sessions }),
    async close() {
      await shared.boss.stop({ graceful: false });
      await closeSignInPool(databaseUrl);
      await closeOrm(databaseUrl);
    },
  };
}

/** Its own heartbeat would write in the middle of whatever else this process does, and nobody reads it. */
const ONLY_SENDS = { migrate: false, supervise: false, schedule: false, registerInstance: false } as const;

function collaborators(config: Config, orm: MikroORM): Collaborators {
  const client = { deadlineMs: config.providerDeadlineMs, guard: refuseInsideTransaction };
  const addressRule = { allowsLoopback: config.nodeEnv !== 'production' };
  const { fee, feeWalletKey, delayS: delay, count } = config.mblockTransit;
  const companyAddresses = new Set(config.companyAddresses.map((address) => address.toLowerCase()));
  const hashdam = new HashDamClient({ endpoint: config.hashdam.url, apiKey: config.hashdam.apiKey, ...client });
  const mblock = new MBlockClient({ endpoint: config.mblock.url, apiKey: config.mblock.apiKey, ...client });
  return {
    clock: systemClock,
    random: Math.random,
    pool: new HashDamMiningPool({ client: hashdam }),
    walletProvider: new MBlockWalletProvider({
      client: mblock,
      transit: { fee: fee.toString(), feeWalletKey, delay, count },
    }),
    cipher: new WalletKeyCipher(config.encryptionKeys),
    boss: new PgBoss({ db: onConnectionOf(orm.em.fork()), ...ONLY_SENDS }),
    firstPolicy: firstPolicy(config.approvalTwoPersonFrom),
    callbackBase: `${config.appUrl}/api/callbacks/mblock/`,
    senders: senders(config, addressRule),
    addressRule,
    appUrl: config.appUrl,
    site: relyingParty(config.appUrl),
    session: config.session,
    newcomerWaitHours: config.newcomerWaitHours,
    challengeSecret: config.authSecret,
    quietPeriodMs: config.quietPeriodMs,
    notificationsKeptDays: config.notificationsKeptDays,
    breaker: { failuresOpenIt: config.breakerFailures, valuePerHour: config.breakerValuePerHour },
    transitFee: fee,
    companyAddresses,
    risk: { ...config.risk, companyAddresses, screens: config.screening !== null },
    screening: config.screening && screeningService({ ...config.screening, guard: refuseInsideTransaction }),
    auditMac: new RowMac(config.encryptionKeys),
    auditKeys: new SigningKeys(config.audit.signingSeeds),
    headTargets: headTargets(config),
    demo: config.demo,
  };
}

/** A passkey belongs to a name, never to a number. */
function relyingParty(appUrl: string): Collaborators['site'] {
  const { hostname } = new URL(appUrl);
  const isName = isIP(hostname.replace(/^\[|\]$/g, '')) === 0;
  return { id: isName ? hostname : null, origin: appUrl };
}

function senders({ alertWebhookUrl, smtpUrl, appUrl }: Config, addressRule: AddressRule): Senders {
  const guard = refuseInsideTransaction;
  return {
    alerts: alertWebhookUrl ? alertWebhook(alertWebhookUrl, guard) : null,
    email: smtpUrl ? smtpMail(smtpUrl, { appUrl, guard }) : null,
    webhook: platformWebhook({ guard, addressRule }),
  };
}

function headTargets({ audit }: Config): HeadTarget[] {
  return [
    ...(audit.headsFile ? [headsFile(audit.headsFile)] : []),
    ...(audit.headsWebhookUrl ? [headsWebhook(audit.headsWebhookUrl, refuseInsideTransaction)] : []),
  ];
}
