import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import type { OperatorRole } from '#server/kernel/actor.ts';

const operatorSchema = defineEntity({
  name: 'Operator',
  tableName: 'operators',
  properties: {
    id: column.id(),
    email: column.text(),
    emailVerified: p.boolean(),
    name: column.text(),
    image: column.text().nullable(),
    role: column.text().$type<OperatorRole>(),
    disabledAt: column.instant().nullable(),
    /** Until then a new right makes nobody one of several people; null for whom the machine's owner made. */
    countsFrom: column.instant().nullable(),
    createdAt: column.instant(),
    updatedAt: column.instant(),
  },
});

/** A person who signs in. better-auth reads the row; role and `disabledAt` change only through our procedures. */
export class Operator extends operatorSchema.class {}
operatorSchema.setClass(Operator);

const accountSchema = defineEntity({
  name: 'OperatorAccount',
  tableName: 'operator_accounts',
  properties: {
    id: column.id(),
    operatorId: column.uuid(),
    accountId: column.text(),
    providerId: column.text(),
    /** scrypt hash as better-auth makes it. */
    password: column.text().nullable().hidden(),
    accessToken: column.text().nullable(),
    refreshToken: column.text().nullable(),
    idToken: column.text().nullable(),
    accessTokenExpiresAt: column.instant().nullable(),
    refreshTokenExpiresAt: column.instant().nullable(),
    scope: column.text().nullable(),
    createdAt: column.instant(),
    updatedAt: column.instant(),
  },
});

export class OperatorAccount extends accountSchema.class {}
accountSchema.setClass(OperatorAccount);
