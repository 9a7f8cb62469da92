import { describe, expect, test } from 'vitest';
import type { Container } from '#server/container.ts';
import { API_KEY_SCOPES, OPERATOR_ROLES } from '#server/kernel/actor.ts';
import { newId } from '#server/kernel/ids.ts';
import { domainCodeOf } from '#server/testing/withdrawals.ts';
import type { Context } from './context.ts';
import { t } from './init.ts';
import { adminChange, router } from './procedures.ts';
import { appRouter, createCaller } from './root.ts';

type Identity =
  | 'anonymous'
  | 'asked for a code'
  | 'second factor to be set up'
  | (typeof OPERATOR_ROLES)[number]
  | `key:${(typeof API_KEY_SCOPES)[number]}`;
const IDENTITIES: readonly Identity[] = [
  'anonymous',
  'asked for a code',
  'second factor to be set up',
  ...OPERATOR_ROLES,
  ...API_KEY_SCOPES.map((scope): Identity => `key:${scope}`),
];

const everybodyReads: readonly Identity[] = [...OPERATOR_ROLES, 'key:read'];
const people: readonly Identity[] = OPERATOR_ROLES;
/** Signed in half-way: whatever the role, only the second step of signing in is open. */
const halfWay: readonly Identity[] = ['asked for a code', 'second factor to be set up'];
const support: readonly Identity[] = ['support', 'finance', 'admin'];
const finance: readonly Identity[] = ['finance', 'admin'];

/** Who may call what. A new procedure fails here until somebody has decided. */
const TABLE: Readonly<Record<string, readonly Identity[]>> = {
  'withdrawals.list': everybodyReads,
  'withdrawals.get': everybodyReads,
  'withdrawals.waiting': people,
  'withdrawals.request': [...finance, 'key:withdraw'],
  'withdrawals.approve': finance,
  'withdrawals.reject': finance,
  'withdrawals.cancel': [...finance, 'key:withdraw'],
  'withdrawals.hold': support,
  'withdrawals.release': support,
  'withdrawals.note': support,
  'withdrawals.edit': finance,
  'withdrawals.retry': finance,
  'withdrawals.evidence': people,
  'withdrawals.attachEvidence': finance,
  'withdrawals.recheck': support,
  'withdrawals.escalate': support,
  'withdrawals.resolve': finance,
  'risk.findings': people,
  'allowList.list': people,
  'allowList.rules': people,
  'allowList.check': people,
  'allowList.add': finance,
  'allowList.remove': finance,
  'exceptions.list': people,
  'exceptions.counts': people,
  'decisions.open': people,
  'decisions.people': people,
  'decisions.withdraw': finance,
  'delegations.mine': people,
  'delegations.current': ['admin'],
  'delegations.create': finance,
  'delegations.end': finance,
  'withdrawals.reportPaid': [...finance, 'key:withdraw'],
  'incidents.list': people,
  'incidents.get': people,
  'incidents.decide': finance,
  'ledger.takeBack': ['admin'],
  'ledger.adjust': ['admin'],
  'policies.current': everybodyReads,
  'policies.simulate': [...finance, 'auditor'],
  'policies.propose': ['admin'],
  'policies.confirm': ['admin'],
  'addresses.reveal': support,
  'wallets.create': [...finance, 'key:wallets'],
  'wallets.list': everybodyReads,
  'wallets.get': everybodyReads,
  'wallets.balance': everybodyReads,
  'wallets.transactions': everybodyReads,
  'wallets.rotation': people,
  'wallets.rotateKey': ['admin'],
  'wallets.resume': finance,
  'wallets.bookDeposit': finance,
  'wallets.probeKey': ['admin'],
  'wallets.transfer': [...finance, 'key:withdraw'],
  'wallets.transit': [...finance, 'key:withdraw'],
  'mining.balance': everybodyReads,
  'mining.assets': everybodyReads,
  'mining.hashRate': everybodyReads,
  'mining.profit': everybodyReads,
  'mining.withdrawals': everybodyReads,
  'mining.collect': finance,
  'reconciliation.runs': people,
  'reconciliation.differences': people,
  'reconciliation.candidates': people,
  'reconciliation.run': finance,
  'reconciliation.explain': finance,
  'ledger.credit': ['key:credit'],
  'ledger.reverse': ['key:credit'],
  'ledger.balances': everybodyReads,
  'ledger.walletBalances': everybodyReads,
  'ledger.statement': everybodyReads,
  'ledger.transaction': everybodyReads,
  'ledger.totals': everybodyReads,
  'assets.list': everybodyReads,
  'assets.register': ['admin'],
  'audit.list': people,
  'audit.export': people,
  'audit.exportSigned': ['admin', 'auditor'],
  'audit.signing': ['admin', 'auditor'],
  'audit.actors': ['admin', 'auditor'],
  'audit.verify': ['admin', 'auditor'],
  'operators.me': people,
  'operators.list': ['admin'],
  'operators.invite': ['admin'],
  'operators.revokeInvitation': ['admin'],
  'operators.changeRole': ['admin'],
  'operators.disable': ['admin'],
  'operators.enable': ['admin'],
  'operators.changePassword': people,
  'operators.resetSecondFactor': ['admin'],
  'signIn.lookAtInvitation': ['anonymous', ...people, ...halfWay],
  'signIn.acceptInvitation': ['anonymous', ...people, ...halfWay],
  'signIn.beginPasskey': ['anonymous', ...people, ...halfWay],
  'signIn.passkey': ['anonymous', ...people, ...halfWay],
  'sessions.list': people,
  'sessions.history': people,
  'sessions.end': people,
  'sessions.endOthers': people,
  'sessions.times': people,
  'sessions.touch': people,
  'passkeys.list': people,
  'passkeys.begin': people,
  'passkeys.register': people,
  'passkeys.remove': people,
  'secondFactor.state': [...people, ...halfWay],
  'secondFactor.begin': [...people, ...halfWay],
  'secondFactor.confirm': [...people, ...halfWay],
  'secondFactor.verify': [...people, ...halfWay],
  'secondFactor.renewRecoveryCodes': people,
  'stepUp.begin': people,
  'stepUp.confirm': people,
  'apiKeys.create': ['admin'],
  'apiKeys.list': ['admin'],
  'apiKeys.rotate': ['admin'],
  'apiKeys.change': ['admin'],
  'apiKeys.revoke': ['admin'],
  'notifications.list': people,
  'notifications.unread': people,
  'notifications.assignees': people,
  'notifications.deliveries': people,
  'notifications.acknowledge': support,
  'notifications.assign': ['support', ...finance],
  'notifications.escalate': ['support', ...finance],
  'notifications.resend': finance,
  'webhooks.list': ['admin'],
  'webhooks.create': ['admin'],
  'webhooks.revoke': ['admin'],
  'webhooks.rotateSecret': ['admin'],
  'webhooks.test': ['admin'],
  'webhooks.deliveries': ['admin'],
  'webhooks.resend': ['admin'],
  'system.status': people,
  'system.drill': people,
  'system.freezes': people,
  'system.freeze': finance,
  'system.unfreeze': ['admin'],
  'system.resumeProvider': finance,
};

/** Whoever gets as far as a session has been let in. */
class LetIn extends Error {}
const opens = () => Promise.reject(new LetIn());
const container = {
  logger: { error: () => undefined },
  config: { demo: false },
  sessions: { inTransaction: opens, withoutTransaction: opens },
  walletCreation: { createWallet: opens },
  secondFactorSignIn: { verify: opens, confirm: opens },
  passkeySignIn: { begin: opens, finish: opens },
  stepUpFlow: { begin: opens, confirm: opens },
} as unknown as Container;

function contextOf(identity: Identity): Context {
  const origin = { requestId: newId(), ip: null };
  const id = newId();
  const isHalfWay = halfWay.includes(identity);
  const role = isHalfWay ? 'admin' : OPERATOR_ROLES.find((each) => each === identity);
  if (role) {
    const secondFactor = identity === 'asked for a code' ? 'asked' : isHalfWay ? 'set_up' : 'passed';
    const person = { type: 'operator', id, role, sessionId: newId(), name: 'A', email: 'a@b.example' } as const;
    const caller = { ...person, secondFactor } as const;
    return { container, origin, caller };
  }
  const scope = API_KEY_SCOPES.find((each) => identity === `key:${each}`);
  return { container, origin, caller: scope ? { type: 'api_key', id, scopes: [scope] } : null };
}

async function ending(caller: unknown, path: string, input?: unknown): Promise<string> {
  const call = path.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], caller);
  try {
    await (call as (input: unknown) => Promise<unknown>)(input);
    return 'let in';
  } catch (error) {
    const code = domainCodeOf(error);
    return code.startsWith('auth.') ? code : 'let in';
  }
}

type Declared = Readonly<Record<string, { _def: { meta?: { access?: object } } }>>;
const paths = Object.keys(appRouter._def.procedures);

test('every procedure stands in the table, and nothing else does', () => {
  expect(paths.toSorted()).toEqual(Object.keys(TABLE).toSorted());
});

describe.each(paths)('%s', (path) => {
  test.each(IDENTITIES)('as %s', async (identity) => {
    const expected = TABLE[path]?.includes(identity)
      ? 'let in'
      : identity === 'anonymous'
        ? 'auth.required'
        : halfWay.includes(identity)
          ? 'auth.second_factor_required'
          : 'auth.forbidden';
    const caller = createCaller(contextOf(identity));
    // The same answer whatever is sent: nobody learns what a call takes before being let in.
    expect(await ending(caller, path)).toBe(expected);
    expect(await ending(caller, path, { id: '\0' })).toBe(expected);
  });

  test('states who may call it', () => {
    const procedures = appRouter._def.procedures as unknown as Declared;
    expect(procedures[path]?._def.meta?.access).toMatchObject({ roles: expect.any(Array) });
  });
});

test('a key without the scope may not, however many others it has', async () => {
  const origin = { requestId: newId(), ip: null };
  const caller = createCaller({
    container,
    origin,
    caller: { type: 'api_key', id: newId(), scopes: ['read', 'withdraw', 'wallets'] },
  });
  expect(await ending(caller, 'ledger.credit')).toBe('auth.forbidden');
});

test('a procedure that says nothing of access is refused to everybody', async () => {
  const careless = router({ open: adminChange.meta({ access: undefined } as never).mutation(() => 'done') });
  for (const identity of IDENTITIES) {
    const caller = t.createCallerFactory(careless)(contextOf(identity));
    expect(await ending(caller, 'open')).toMatch(/^auth\./);
  }
});
