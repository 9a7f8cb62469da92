import { z } from 'zod';
import { OPERATOR_ROLES } from '#server/kernel/actor.ts';
import { instant, noteText, uuid } from '#server/kernel/wire.ts';
import { DELEGATION_ENDS, DELEGATION_STATES } from './statuses.ts';

const person = z.object({ id: uuid, name: z.string() });

/** Without `from` it begins at once. */
export const delegationCreateInput = z.strictObject({
  delegateId: uuid,
  from: instant.optional(),
  until: instant,
  reason: noteText,
});
export const delegationEndInput = z.strictObject({ id: uuid });
export const delegationRefView = z.object({ id: uuid });

const delegationView = z.object({
  id: uuid,
  delegator: person,
  delegate: person,
  from: instant,
  until: instant,
  reason: z.string(),
  state: z.enum(DELEGATION_STATES),
  ended: z.object({ at: instant, because: z.enum(DELEGATION_ENDS), by: z.string() }).nullable(),
});
const colleague = person.extend({ role: z.enum(OPERATOR_ROLES) });
export const delegationsMineInput = z.strictObject({});
/** One's own, newest first, and the colleagues who could be asked; none for who does not approve. */
export const delegationsMineView = z.object({ rows: z.array(delegationView), colleagues: z.array(colleague) });
export const delegationsCurrentInput = z.strictObject({});
/** Everybody's that are not over, the planned ones too. */
export const delegationsCurrentView = z.object({ rows: z.array(delegationView) });

export type DelegationCreateInput = z.infer<typeof delegationCreateInput>;
export type DelegationView = z.infer<typeof delegationView>;
export type DelegationsMineView = z.infer<typeof delegationsMineView>;
