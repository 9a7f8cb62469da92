import type { Row } from './row.ts';
import { testsProve } from './tests.ts';

/** What is promised of messages that go out and come in. */
export const MESSAGE_ROWS: readonly Row[] = [
  {
    no: 19,
    promise: 'Notifications: at least once, never before the commit, never in the way of money',
    target: 'receivers away for an hour, a tenth answered with an error after taking it: 0 missing, in order',
    full: () =>
      testsProve(
        'server/notifications/delivery-failures.db.test.ts',
        'server/notifications/delivery.db.test.ts',
        'server/notifications/outbox.db.test.ts',
      ),
  },
  {
    no: 20,
    promise: 'Incoming callbacks are authentic and count once',
    target: 'unknown ways, other bodies, twenty at once: 100 % refused or kept once; the chain alone moves money',
    full: () =>
      testsProve('server/withdrawals/wallet-callbacks.db.test.ts', 'server/withdrawals/wallet-transit.db.test.ts'),
  },
];
