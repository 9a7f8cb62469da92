import { z } from 'zod';
import { instant, uuid } from '#server/kernel/wire.ts';
import { AUDIT_FAULTS } from './statuses.ts';

const place = z.int().nonnegative();

/** Where the record is not as it was written. `position` counts in the chain, from 1; null for a row outside it. */
export const auditFaultView = z.object({
  fault: z.enum(AUDIT_FAULTS),
  position: place.nullable(),
  eventId: uuid.nullable(),
});

/** What a look through the whole record came to. */
export const auditVerdictView = z.object({
  sound: z.boolean(),
  /** Rows of the chain that were looked at. */
  checked: place,
  faults: place,
  /** The lowest in the chain. */
  firstFault: auditFaultView.nullable(),
  head: z.object({
    position: place,
    hash: z.string(),
    at: instant,
    keyId: z.string().nullable(),
    isSigned: z.boolean(),
  }),
  /** Committed rows that the sealer has yet to take in. */
  waiting: z.object({ count: place, oldestAt: instant.nullable() }),
  /** Signed heads from outside the database that were compared; null where there are none at hand. */
  keptHeads: z.object({ count: place, lastAt: instant.nullable() }).nullable(),
});

export type AuditFaultView = z.infer<typeof auditFaultView>;
export type AuditVerdict = z.infer<typeof auditVerdictView>;
