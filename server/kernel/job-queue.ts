/** Work that is done later, by the worker. Names are the queues' names, payloads hold ids only. */
export interface JobPayloads {
  /** Send an approved withdrawal, once. */
  'payout.dispatch': { readonly withdrawalId: string };
  /** Ask the provider what became of an attempt. Looks that follow each other have their moment; an extra one has none. */
  'payout.look-up': { readonly attemptId: string; readonly at?: string };
  /** Coins have come into a wallet: send what waits there for them. */
  'payout.funded': { readonly walletId: string };
  /** Read a coin's list at the pool and compare it with what we know; every coin when none is named. */
  'pool.sweep': { readonly asset?: string };
  /** The sender's lease is over: if no outcome was recorded, it is unknown. */
  'payout.recover': { readonly attemptId: string };
  /** Evaluate what was posted about a transit. */
  'callback.process': { readonly attemptId: string };
  /** Compare a wallet's books with the chain. */
  'wallet.observe': { readonly walletId: string };
  /** The same for every wallet whose turn it is. */
  'wallets.sweep': Record<string, never>;
  'withdrawal.expire': { readonly withdrawalId: string };
  /** It has been on hold for long: people are reminded. */
  'withdrawal.hold-aged': { readonly withdrawalId: string };
  /** A version of the policy takes effect: what is open is looked at again. */
  'policy.apply': { readonly version: string };
  /** Ask an outside service what it knows of a withdrawal's address. */
  'risk.screen': { readonly withdrawalId: string };
  /** Compare what the pool lists with our books; without a run, order the day's if it is due. */
  'reconciliation.run': { readonly runId?: string };
  /** Read the pool's daily figures; the days since the last reading when none are given. */
  'mining.collect': { readonly from?: string; readonly to?: string };
  /** The lease of a change of a wallet's key is over. */
  'wallet.rotation-recover': { readonly rotationId: string };
  /** Seal with the current encryption key what an older one sealed. */
  'wallets.re-encrypt': Record<string, never>;
  'ledger.fold': Record<string, never>;
  /** People are told what the books say is wrong. */
  'ledger.alarms': Record<string, never>;
  /** People are told of API keys that are about to end. */
  'api-keys.expiry': Record<string, never>;
  /** Every row that waits for a job has one. */
  'jobs.rearm': Record<string, never>;
  /** Work out who is told of an event. The database writes this one, in the event's commit. */
  'notifications.fan-out': { readonly eventId: string };
  /** Send what waits in a lane, one after the other. */
  'notifications.deliver': { readonly lane: string };
  /** What was told long ago goes. */
  'notifications.forget': Record<string, never>;
  /** Tell it once more if nobody has acknowledged it. */
  'notifications.escalate': { readonly notificationId: string };
}

export type JobName = keyof JobPayloads;

/** Puts jobs on the queue in the session's own transaction: no commit, no job. */
export interface JobQueue {
  send<Name extends JobName>(name: Name, payload: JobPayloads[Name], options?: { startAfter?: Date }): Promise<string>;
}
