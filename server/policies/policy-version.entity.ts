import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import type { PolicyRules } from './statuses.ts';

const schema = defineEntity({
  name: 'PolicyVersion',
  tableName: 'policy_versions',
  properties: {
    id: column.id(),
    /** Counted from 1; a withdrawal cites it as text. */
    no: p.integer(),
    rules: column.json<PolicyRules>(),
    effectiveFrom: column.instant(),
    /** Asks for less than what was in force, somewhere. */
    loosens: p.boolean(),
    note: column.text().nullable(),
    /** Both null for the first one, which comes from the settings. */
    proposedBy: column.uuid().nullable(),
    confirmedBy: column.uuid().nullable(),
    confirmedAt: column.instant(),
    decisionId: column.uuid().nullable(),
    /** When what was open has been looked at again under it. */
    appliedAt: column.instant().nullable(),
  },
});

/** Rules as they were agreed; never changed, only followed by another version. */
export class PolicyVersion extends schema.class {}
schema.setClass(PolicyVersion);
