import { expect, test } from 'vitest';
import type { Access } from './init.ts';
import { appRouter } from './root.ts';

type Declared = Readonly<Record<string, { _def: { type: string; meta?: { access?: Partial<Access> } } }>>;

/** What a stolen session alone must not do. Leaving one out is a decision, too. */
const STEP_UP: readonly string[] = [
  'addresses.reveal',
  'allowList.add',
  'allowList.remove',
  'delegations.create',
  'withdrawals.approve',
  'withdrawals.resolve',
  'withdrawals.reportPaid',
  'ledger.adjust',
  'ledger.takeBack',
  'wallets.rotateKey',
  'wallets.resume',
  'wallets.bookDeposit',
  'webhooks.create',
  'webhooks.rotateSecret',
  'system.resumeProvider',
  'policies.propose',
  'policies.confirm',
  'incidents.decide',
  'apiKeys.create',
  'apiKeys.rotate',
  'apiKeys.change',
  'apiKeys.revoke',
  'system.unfreeze',
  'operators.resetSecondFactor',
  'operators.invite',
  'operators.changeRole',
  'operators.disable',
  'operators.enable',
  'operators.changePassword',
  'secondFactor.renewRecoveryCodes',
  'passkeys.begin',
  'passkeys.remove',
];

/** What finance and administrators change without it: no money, key or right comes of it, and no data leaves. */
const WITHOUT: readonly string[] = [
  // They ask, or give others cause to vote again: what is paid takes votes that have it.
  ...['withdrawals.request', 'withdrawals.edit', 'withdrawals.retry', 'wallets.transfer', 'wallets.transit'],
  // They stop, or take a right away: that should be quick.
  ...['withdrawals.reject', 'withdrawals.cancel', 'withdrawals.hold', 'system.freeze', 'decisions.withdraw'],
  ...['delegations.end', 'operators.revokeInvitation', 'webhooks.revoke'],
  // What it lets go was voted for, and is voted for anew where a rule of risk had held it.
  'withdrawals.release',
  // They look, note or tell.
  ...['withdrawals.note', 'withdrawals.attachEvidence', 'withdrawals.recheck', 'withdrawals.escalate'],
  ...['wallets.probeKey', 'mining.collect', 'reconciliation.run', 'reconciliation.explain'],
  ...['notifications.acknowledge', 'notifications.assign', 'notifications.escalate', 'notifications.resend'],
  ...['webhooks.test', 'webhooks.resend', 'audit.export', 'audit.exportSigned'],
  // They add what is empty: a wallet, an asset that nobody holds yet.
  ...['wallets.create', 'assets.register'],
  // One's own session; the key was asked for with it.
  ...['sessions.end', 'sessions.endOthers', 'sessions.touch', 'passkeys.register', 'stepUp.begin', 'stepUp.confirm'],
];

const PROCEDURES = Object.entries(appRouter._def.procedures as unknown as Declared);

test('these take the second factor once more, and no other', () => {
  const found = PROCEDURES.filter(([, { _def }]) => _def.meta?.access?.stepUp).map(([path]) => path);
  expect(found.toSorted()).toEqual(STEP_UP.toSorted());
});

test('whatever else finance or an administrator changes was left out on purpose', () => {
  const changing = PROCEDURES.filter(([, { _def }]) => {
    const { roles = [], stepUp, whilePending } = _def.meta?.access ?? {};
    return (
      _def.type === 'mutation' &&
      !stepUp &&
      !whilePending &&
      roles.some((role) => role === 'finance' || role === 'admin')
    );
  });
  expect(changing.map(([path]) => path).toSorted()).toEqual(WITHOUT.toSorted());
});
