/**
 * As a column: what a member owes us of an asset. Takes the code of their receivable and the asset, so that whoever reads
 * something else about a withdrawal anyway has it in the same statement.
 */
export const OWED = '(select coalesce(sum(amount), 0)::text from ledger_entries where code = ? and asset = ?)';
