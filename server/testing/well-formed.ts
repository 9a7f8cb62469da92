import { newId } from '#server/kernel/ids.ts';

/** Inputs about people and how they sign in: well-formed, and they change nothing as they stand. */
export const WELL_FORMED_ABOUT_PEOPLE: Readonly<Record<string, () => Readonly<Record<string, unknown>>>> = {
  'operators.me': () => ({}),
  'operators.resetSecondFactor': () => ({ id: newId() }),
  'operators.list': () => ({}),
  'operators.invite': () => ({ email: 'a', role: 'support' }),
  'operators.revokeInvitation': () => ({ id: newId() }),
  'operators.changeRole': () => ({ id: newId(), role: 'support' }),
  'operators.disable': () => ({ id: newId() }),
  'operators.enable': () => ({ id: newId() }),
  'operators.changePassword': () => ({ current: 'x', next: 'a password of words' }),
  'signIn.lookAtInvitation': () => ({ token: 'A'.repeat(43) }),
  'signIn.acceptInvitation': () => ({ token: 'A'.repeat(43), name: 'n', password: 'a password of words' }),
  'signIn.beginPasskey': () => ({}),
  'signIn.passkey': () => ({
    assertion: { id: 'AAAA', response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' } },
  }),
  'sessions.list': () => ({}),
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
};
