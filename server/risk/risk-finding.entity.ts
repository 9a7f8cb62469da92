import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import type { RiskMoment, RiskResult, RiskRule } from './statuses.ts';

const schema = defineEntity({
  name: 'RiskFinding',
  tableName: 'risk_findings',
  properties: {
    id: column.id(),
    withdrawalId: column.uuid(),
    /** What was asked for when the rule looked: another revision is another amount. */
    revision: p.integer(),
    moment: column.text().$type<RiskMoment>(),
    rule: column.text().$type<RiskRule>(),
    result: column.text().$type<RiskResult>(),
    threshold: column.text().nullable(),
    observed: column.text(),
    at: column.instant(),
  },
});

/** What a rule said of a withdrawal. Never changed, never deleted. */
export class RiskFinding extends schema.class {}
schema.setClass(RiskFinding);
