import { t } from './init.ts';
import { router } from './procedures.ts';
import { addressesRouter } from './routers/addresses/router.ts';
import { allowListRouter } from './routers/allow-list/router.ts';
import { apiKeysRouter } from './routers/api-keys/router.ts';
import { assetsRouter } from './routers/assets/router.ts';
import { auditRouter } from './routers/audit/router.ts';
import { decisionsRouter } from './routers/decisions/router.ts';
import { delegationsRouter } from './routers/delegations/router.ts';
import { exceptionsRouter } from './routers/exceptions/router.ts';
import { incidentsRouter } from './routers/incidents/router.ts';
import { ledgerRouter } from './routers/ledger/router.ts';
import { miningRouter } from './routers/mining/router.ts';
import { notificationsRouter } from './routers/notifications/router.ts';
import { operatorsRouter } from './routers/operators/router.ts';
import { passkeysRouter } from './routers/passkeys/router.ts';
import { policiesRouter } from './routers/policies/router.ts';
import { reconciliationRouter } from './routers/reconciliation/router.ts';
import { riskRouter } from './routers/risk/router.ts';
import { secondFactorRouter } from './routers/second-factor/router.ts';
import { sessionsRouter } from './routers/sessions/router.ts';
import { signInRouter } from './routers/sign-in/router.ts';
import { stepUpRouter } from './routers/step-up/router.ts';
import { systemRouter } from './routers/system/router.ts';
import { walletsRouter } from './routers/wallets/router.ts';
import { webhooksRouter } from './routers/webhooks/router.ts';
import { withdrawalsRouter } from './routers/withdrawals/router.ts';

/** The whole API, a table of contents. */
export const appRouter = router({
  withdrawals: withdrawalsRouter,
  exceptions: exceptionsRouter,
  decisions: decisionsRouter,
  delegations: delegationsRouter,
  incidents: incidentsRouter,
  addresses: addressesRouter,
  wallets: walletsRouter,
  mining: miningRouter,
  policies: policiesRouter,
  reconciliation: reconciliationRouter,
  risk: riskRouter,
  allowList: allowListRouter,
  ledger: ledgerRouter,
  assets: assetsRouter,
  audit: auditRouter,
  operators: operatorsRouter,
  signIn: signInRouter,
  sessions: sessionsRouter,
  passkeys: passkeysRouter,
  secondFactor: secondFactorRouter,
  stepUp: stepUpRouter,
  apiKeys: apiKeysRouter,
  notifications: notificationsRouter,
  webhooks: webhooksRouter,
  system: systemRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures in this process, past HTTP but not past their access rules. */
export const createCaller = t.createCallerFactory(appRouter);
