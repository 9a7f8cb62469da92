import { expect, test } from 'vitest';
import { appRouter } from '#server/trpc/root.ts';
import { CONSOLE_MUTATIONS } from './console-mutations.ts';
import { MONEY_MUTATIONS } from './money-mutations.ts';

const SIGNING_IN = 'a sign-in counts its tries whatever becomes of it, in transactions of its own';
const BY_PROVIDER = 'calls a provider between two transactions: its own tests lose each of them';

/** What no fault is planted in, statement by statement, and why. */
const EXCUSED: Readonly<Record<string, string>> = {
  'signIn.beginPasskey': SIGNING_IN,
  'signIn.passkey': SIGNING_IN,
  'signIn.lookAtInvitation': SIGNING_IN,
  'signIn.acceptInvitation': SIGNING_IN,
  'secondFactor.begin': SIGNING_IN,
  'secondFactor.confirm': SIGNING_IN,
  'secondFactor.verify': SIGNING_IN,
  'stepUp.begin': SIGNING_IN,
  'stepUp.confirm': SIGNING_IN,
  'passkeys.begin': SIGNING_IN,
  'passkeys.register':
    'needs what an authenticator signed, and one challenge serves once; one transaction like every change',
  'passkeys.remove': 'needs a passkey that was registered; one transaction like every change',
  'secondFactor.renewRecoveryCodes':
    'the codes are drawn anew with each try, so that two tries never leave the same; one transaction like every change',
  'operators.changePassword': 'a password hash for each try would take minutes; one transaction like every change',
  'operators.resetSecondFactor': 'needs a person who has one; one transaction like every change',
  'sessions.end': 'needs a session in the table of a real sign-in; one transaction like every change',
  'sessions.endOthers': 'needs a session in the table of a real sign-in; one transaction like every change',
  'sessions.touch': 'changes nothing but when the session was last used',
  'addresses.reveal': 'shows, and leaves nothing but a row of the record',
  'notifications.resend': 'needs a message that could not be delivered; one transaction like every change',
  'webhooks.resend': 'needs a message that could not be delivered; one transaction like every change',
  'wallets.create': BY_PROVIDER,
  'wallets.probeKey': BY_PROVIDER,
  'reconciliation.explain': 'needs a run that saw a difference; one transaction like every change',
  'audit.exportSigned': 'the same row of the record as an export',
  'mining.collect': 'asks the pool; what it keeps is the unit of work "a day of the pool"',
};

test('every change that the router knows has its faults planted, or stands here with a reason', () => {
  const procedures = appRouter._def.procedures as unknown as Readonly<Record<string, { _def: { type: string } }>>;
  const changes = Object.keys(procedures).filter((path) => procedures[path]?._def.type === 'mutation');
  const broken = [...MONEY_MUTATIONS, ...CONSOLE_MUTATIONS.full].flatMap(({ procedure }) => procedure ?? []);
  expect(changes.filter((path) => !broken.includes(path)).toSorted()).toEqual(Object.keys(EXCUSED).toSorted());
});
