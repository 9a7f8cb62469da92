import { newId } from '#server/kernel/ids.ts';

/** Inputs about people, how they sign in, and what only looks: well-formed, and they change nothing as they stand. */
export const WELL_FORMED_ABOUT_PEOPLE: Readonly<Record<string, () => Readonly<Record<string, unknown>>>> = {
  'audit.list': () => ({
    filter: {
      actorId: newId(),
      subjectType: 'wallet',
      action: ['withdrawals.approve'],
      outcome: ['refused'],
      from: '2026-01-01T00:00:00.000Z',
      to: '2026-01-01T00:00:00.000Z',
      q: 'x',
    },
    cursor: null,
    limit: 10,
  }),
  'audit.export': () => ({ filter: { from: 'never' }, cursor: 'none' }),
  'audit.exportSigned': () => ({ filter: {}, after: { manifest: '{}', keyId: 'none', signature: 'AAAA' } }),
  'audit.signing': () => ({}),
  'audit.actors': () => ({}),
  'addresses.reveal': () => ({ of: 'wallet', id: newId(), reason: 'because' }),
  'audit.verify': () => ({ after: 0 }),
  'operators.me': () => ({}),
  'operators.resetSecondFactor': () => ({ id: newId(), reason: 'lost' }),
  'operators.list': () => ({}),
  'operators.invite': () => ({ email: 'a', role: 'support' }),
  'operators.revokeInvitation': () => ({ id: newId() }),
  'operators.changeRole': () => ({ id: newId(), role: 'support', reason: 'moved' }),
  'operators.disable': () => ({ id: newId(), reason: 'left' }),
  'operators.enable': () => ({ id: newId(), reason: 'back' }),
  'operators.changePassword': () => ({ current: 'x', next: 'a password of words' }),
  'signIn.lookAtInvitation': () => ({ token: 'A'.repeat(43) }),
  'signIn.acceptInvitation': () => ({ token: 'A'.repeat(43), name: 'n', password: 'a password of words' }),
  'signIn.beginPasskey': () => ({}),
  'signIn.passkey': () => ({
    assertion: { id: 'AAAA', response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' } },
  }),
  'secondFactor.state': () => ({}),
  'secondFactor.begin': () => ({ surplus: true }),
  'secondFactor.confirm': () => ({ code: '000000' }),
  'secondFactor.verify': () => ({ code: '00000x' }),
  'secondFactor.renewRecoveryCodes': () => ({}),
  'sessions.list': () => ({}),
  'sessions.history': () => ({}),
  'sessions.end': () => ({ id: newId() }),
  'sessions.endOthers': () => ({}),
  'sessions.times': () => ({}),
  'sessions.touch': () => ({}),
  'passkeys.list': () => ({}),
  'passkeys.begin': () => ({ name: 'laptop' }),
  'passkeys.register': () => ({
    name: 'laptop',
    attestation: { id: 'AAAA', response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA', transports: ['usb'] } },
  }),
  'passkeys.remove': () => ({ id: newId() }),
  'mining.balance': () => ({}),
  'mining.assets': () => ({}),
  'mining.hashRate': () => ({}),
  'mining.profit': () => ({ days: 30 }),
  'mining.withdrawals': () => ({ asset: 'LTC', cursor: null, limit: 10 }),
  'ledger.totals': () => ({}),
  'exceptions.counts': () => ({}),
};

const RULES = {
  tiers: [
    { approvals: 1, groups: { join: 'all', of: [] }, from: { amounts: [], value: null } },
    {
      approvals: 2,
      groups: { join: 'any', of: [{ group: 'admin', atLeast: 1 }] },
      from: { amounts: [{ asset: 'LTC', amount: '1' }], value: '1000' },
    },
  ],
  expiresAfterHours: 72,
  cancelWindowMinutes: 0,
};

/** The same about the rules that hold for withdrawals. */
export const WELL_FORMED_ABOUT_RULES = {
  'allowList.rules': () => ({}),
  'allowList.check': () => ({ asset: 'LTC', address: 'a' }),
  'allowList.remove': () => ({ id: newId(), reason: 'because' }),
  'delegations.mine': () => ({}),
  'delegations.current': () => ({}),
  'delegations.create': () => ({
    ...{ delegateId: newId(), from: '2026-11-20T00:00:00.000Z', until: '2026-11-21T00:00:00.000Z', reason: 'on leave' },
  }),
  'delegations.end': () => ({ id: newId() }),
  'risk.findings': () => ({ withdrawalId: newId() }),
  'policies.current': () => ({}),
  'policies.simulate': () => ({ rules: RULES, on: { kind: 'one', asset: 'LTC', amount: '1' } }),
  'policies.propose': () => ({ rules: RULES, effectiveFrom: '2026-11-20T00:00:00.000Z', note: 'n', basedOn: '9' }),
  'policies.confirm': () => ({ id: newId(), note: 'n' }),
};
