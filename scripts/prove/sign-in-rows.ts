import type { Row } from './row.ts';
import { testsProve } from './tests.ts';

/** What is promised of sessions, passwords and second factors. */
export const SIGN_IN_ROWS: readonly Row[] = [
  {
    no: 28,
    promise: 'Sessions hold',
    target: 'a new token with each sign-in and second factor; what ends a session does so at the very next request',
    full: () =>
      testsProve(
        'server/operators/session-reader.db.test.ts',
        'server/operators/sessions.db.test.ts',
        'server/operators/second-factor/second-factor.db.test.ts',
        'server/operators/team/team.db.test.ts',
      ),
  },
  {
    no: 29,
    promise: 'Passwords and codes cannot be guessed',
    target: '10,000 tries: 10 looked at for each account and each /64; an unknown account within 5 % of the time',
    full: () =>
      testsProve(
        'server/operators/sign-in/guessing-proof.db.test.ts',
        'server/operators/sign-in/guessing.db.test.ts',
        'server/operators/second-factor/second-factor.db.test.ts',
      ),
  },
  {
    no: 33,
    promise: 'The second factor, once more, before money',
    target: 'for another action, another input, another session, twice or late: 100 % refused',
    full: () =>
      testsProve(
        'server/operators/step-up/step-up.db.test.ts',
        'server/trpc/step-up-access.test.ts',
        'server/operators/passkeys/passkeys.db.test.ts',
      ),
  },
];
