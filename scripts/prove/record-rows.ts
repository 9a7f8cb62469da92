import type { Row } from './row.ts';
import { testsProve } from './tests.ts';

/** What is promised of the record of who did what. */
export const RECORD_ROWS: readonly Row[] = [
  {
    no: 30,
    promise: 'The record cannot be altered unnoticed',
    target: '1,000 of 1,000 edits found and named; cut and rebuilt chains caught; 1,000,000 rows within 60 s',
    full: () =>
      testsProve(
        'server/audit/tampering.db.test.ts',
        'server/audit/sealing.db.test.ts',
        'server/audit/verify-speed.db.test.ts',
      ),
  },
  {
    no: 31,
    promise: 'The record is complete',
    target: 'each mutation done, refused and failed: a row with who, session, address, when, what and request, 100 %',
    full: () =>
      testsProve(
        'server/audit/completeness.db.test.ts',
        'server/operators/step-up/step-up.db.test.ts',
        'server/operators/second-factor/second-factor.db.test.ts',
        'server/operators/passkeys/passkeys.db.test.ts',
        'server/wallets/key-rotation.db.test.ts',
        'server/notifications/delivery-failures.db.test.ts',
        'server/reconciliation/reconciliation-runs.db.test.ts',
      ),
  },
];
