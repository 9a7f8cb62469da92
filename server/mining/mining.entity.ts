import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import type { BalanceKind, MiningWithdrawalStatus } from './statuses.ts';

const projectSchema = defineEntity({
  name: 'PoolProjectRow',
  tableName: 'pool_projects',
  properties: {
    provider: p.text().primary(),
    name: column.text().nullable(),
    account: column.text().nullable(),
    readAt: column.instant(),
  },
});

/** Our project at the pool, and the account its withdrawals arrive in, as last read. */
export class PoolProjectRow extends projectSchema.class {}
projectSchema.setClass(PoolProjectRow);

const hashRateSchema = defineEntity({
  name: 'PoolHashRateRow',
  tableName: 'pool_hash_rates',
  properties: {
    provider: p.text().primary(),
    at: column.instant(),
    last24h: column.amount().name('last_24h'),
    last1h: column.amount().name('last_1h'),
    last10m: column.amount().name('last_10m'),
    efficiency: column.amount(),
    reject: column.amount(),
    readAt: column.instant(),
  },
});

export class PoolHashRateRow extends hashRateSchema.class {}
hashRateSchema.setClass(PoolHashRateRow);

const balanceSchema = defineEntity({
  name: 'MiningBalance',
  tableName: 'mining_balances',
  properties: {
    id: column.id(),
    ownerType: column.text().$type<'project' | 'member'>(),
    ownerId: column.text(),
    kind: column.text().$type<BalanceKind>(),
    asset: column.text(),
    day: p.date(),
    amount: column.amount().nullable(),
    available: column.amount().nullable(),
    locked: column.amount().nullable(),
    price: column.amount().nullable(),
    readAt: column.instant(),
  },
});

export class MiningBalance extends balanceSchema.class {}
balanceSchema.setClass(MiningBalance);

const withdrawalSchema = defineEntity({
  name: 'MiningWithdrawal',
  tableName: 'mining_withdrawals',
  properties: {
    id: column.id(),
    withdrawalId: column.uuid(),
    attemptId: column.uuid(),
    attemptNo: p.integer(),
    asset: column.text(),
    amount: column.amount(),
    fee: column.amount().nullable(),
    status: column.text().$type<MiningWithdrawalStatus>(),
    reference: column.text().nullable(),
    rawStatus: column.text().nullable(),
    error: column.text().nullable(),
    createdAt: column.instant(),
    updatedAt: column.instant(),
  },
});

export class MiningWithdrawal extends withdrawalSchema.class {}
withdrawalSchema.setClass(MiningWithdrawal);
