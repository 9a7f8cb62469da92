import type { JobName, JobPayloads } from '#server/kernel/job-queue.ts';
import { applyPolicy } from './apply-policy.ts';
import { collectMining } from './collect-mining.ts';
import { deliverNotification } from './deliver-notification.ts';
import { dispatchPayout } from './dispatch-payout.ts';
import { escalateNotification } from './escalate-notification.ts';
import { expireWithdrawal } from './expire-withdrawal.ts';
import { fanOutNotifications } from './fan-out-notification.ts';
import { foldLedger } from './fold-ledger.ts';
import { forgetNotifications } from './forget-notifications.ts';
import type { JobContext } from './job-context.ts';
import { lookAtAlarms } from './look-at-alarms.ts';
import { lookUpPayout } from './look-up-payout.ts';
import { observeWallet, sweepWallets } from './observe-wallet.ts';
import { processCallback } from './process-callback.ts';
import { reEncrypt } from './re-encrypt.ts';
import { rearmJobs } from './rearm-jobs.ts';
import { reconcile } from './reconcile.ts';
import { recoverPayout } from './recover-payout.ts';
import { recoverRotation } from './recover-rotation.ts';
import { remindOfHold } from './remind-of-hold.ts';
import { screenWithdrawal } from './screen-withdrawal.ts';
import { sweepPool } from './sweep-pool.ts';
import { wakeFunded } from './wake-funded.ts';
import { warnOfKeyExpiry } from './warn-of-key-expiry.ts';

export type JobHandler<Name extends JobName> = (context: JobContext, payload: JobPayloads[Name]) => Promise<void>;

/** One handler for each queue. Each may run twice or late: it looks at the row first and does nothing that is done. */
export const JOB_HANDLERS: { readonly [Name in JobName]: JobHandler<Name> } = {
  'payout.dispatch': dispatchPayout,
  'payout.look-up': lookUpPayout,
  'payout.recover': recoverPayout,
  'payout.funded': wakeFunded,
  'pool.sweep': sweepPool,
  'callback.process': processCallback,
  'wallet.observe': observeWallet,
  'wallets.sweep': sweepWallets,
  'withdrawal.expire': expireWithdrawal,
  'withdrawal.hold-aged': remindOfHold,
  'policy.apply': applyPolicy,
  'risk.screen': screenWithdrawal,
  'reconciliation.run': reconcile,
  'mining.collect': collectMining,
  'wallets.re-encrypt': reEncrypt,
  'ledger.fold': foldLedger,
  'ledger.alarms': lookAtAlarms,
  'api-keys.expiry': warnOfKeyExpiry,
  'jobs.rearm': rearmJobs,
  'wallet.rotation-recover': recoverRotation,
  'notifications.fan-out': (context, event) => fanOutNotifications(context, [event]),
  'notifications.deliver': deliverNotification,
  'notifications.forget': forgetNotifications,
  'notifications.escalate': escalateNotification,
};

/** What is done for several jobs in one transaction, where that is so much cheaper. If it fails, each is done by itself. */
export const TOGETHER: {
  readonly [Name in JobName]?: (context: JobContext, payloads: readonly JobPayloads[Name][]) => Promise<void>;
} = { 'notifications.fan-out': fanOutNotifications };
