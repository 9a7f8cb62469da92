import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import type { PostingKind } from './statuses.ts';

/** The database transaction that wrote a row, filled in by the database; see `ledger_totals`. */
const writtenIn = () => p.text().columnType('xid8').defaultRaw('pg_current_xact_id()').hidden();

const transactionSchema = defineEntity({
  name: 'LedgerTransaction',
  tableName: 'ledger_transactions',
  properties: {
    id: column.id(),
    kind: column.text().$type<PostingKind>(),
    asset: column.text(),
    memberId: column.text().nullable(),
    walletId: column.uuid().nullable(),
    withdrawalId: column.uuid().nullable(),
    attemptId: column.uuid().nullable(),
    revision: p.integer().nullable(),
    source: column.text().nullable(),
    reference: column.text().nullable(),
    /** REVERSE: the credit it takes back. */
    reversesId: column.uuid().nullable(),
    incidentId: column.uuid().nullable(),
    reason: column.text().nullable(),
    actorType: column.text(),
    actorId: column.text(),
    /** The second of two people, where it took two. */
    validatorId: column.text().nullable(),
    postedAt: column.instant(),
    effectiveAt: column.instant(),
    xact: writtenIn(),
  },
});

/** A movement: two or more entries that sum to zero. Never changed, never deleted. */
export class LedgerTransaction extends transactionSchema.class {}
transactionSchema.setClass(LedgerTransaction);

const entrySchema = defineEntity({
  name: 'LedgerEntry',
  tableName: 'ledger_entries',
  properties: {
    id: column.id(),
    transactionId: column.uuid(),
    code: column.text(),
    asset: column.text(),
    /** Signed: a debit is above zero, a credit below. */
    amount: column.amount(),
    xact: writtenIn(),
  },
});

export class LedgerEntry extends entrySchema.class {}
entrySchema.setClass(LedgerEntry);
