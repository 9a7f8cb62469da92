import { Amount } from '#server/kernel/amount.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { fromCursor, type Keyset, toCursor } from '#server/kernel/keyset.ts';
import { byAsset } from './bucket-balance.ts';
import type {
  LedgerTransactionView,
  MemberBalance,
  StatementInput,
  StatementLine,
  StatementView,
  WalletBalances,
} from './contract.ts';
import type { RawLine, StatementRepository } from './statement.repository.ts';

/** Sorts after every movement of its instant. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const ending = (at: string | undefined): Keyset | null => (at ? { at, id: LAST_ID } : null);

/** What the books say of one member, one wallet, one movement. Looks only. */
export class StatementService {
  readonly #statements: StatementRepository;

  constructor(deps: { statements: StatementRepository }) {
    this.#statements = deps.statements;
  }

  /** A member's balances by asset, now or as they were. `held` includes what is in flight. */
  async balances({ memberId, at }: { memberId: string; at?: string | undefined }): Promise<MemberBalance[]> {
    const balances = await this.#statements.balances({ memberId }, ending(at));
    return byAsset(balances).map(({ asset, of }) => {
      const { available, held, inFlight, payable } = standing(of);
      return { asset, available, held, inFlight, payable };
    });
  }

  /** A wallet's books by asset, now or as they were. */
  async walletBalances({ walletId, at }: { walletId: string; at?: string | undefined }): Promise<WalletBalances> {
    const balances = await this.#statements.balances({ walletId }, ending(at));
    return byAsset(balances).map(({ asset, of }) => ({
      asset,
      available: of('wallet:available').toString(),
      held: of('wallet:held').plus(of('wallet:in_flight')).toString(),
      inFlight: of('wallet:in_flight').toString(),
      gas: of('gas').toString(),
      chain: of('chain').toString(),
    }));
  }

  /** What a member owes us in one asset. */
  async receivable(memberId: string, asset: string): Promise<Amount> {
    const balances = await this.#statements.balances({ memberId });
    return (
      byAsset(balances)
        .find((each) => each.asset === asset)
        ?.of('receivable') ?? Amount.zero(asset)
    );
  }

  /** A member's movements, newest first, each with what was there after it. */
  async statement({ memberId, asset, cursor, limit }: StatementInput): Promise<StatementView> {
    const from = fromCursor(cursor);
    const raw = await this.#statements.lines({ memberId, asset, from, rows: limit + 1 });
    const [newest] = raw;
    if (!newest) return { rows: [], nextCursor: null };
    const balances = await this.#statements.balances({ memberId }, { at: newest.cursor_at, id: newest.id });
    const after = new Map(balances.map((balance) => [`${balance.asset} ${balance.bucket}`, balance.amount]));
    const shown = raw.slice(0, limit);
    const last = shown.at(-1);
    return {
      rows: shown.map((line) => shownLine(line, after)),
      nextCursor: raw.length > limit && last ? toCursor({ at: last.cursor_at, id: last.id }) : null,
    };
  }

  /** One movement with its legs. Throws `ledger.transaction_not_found`. */
  async transaction(id: string): Promise<LedgerTransactionView> {
    const found = await this.#statements.find(id);
    if (!found) {
      throw new DomainError('ledger.transaction_not_found', 'no such movement in the books', { detail: { id } });
    }
    const { kind, asset, actorType, actorId, postedAt, effectiveAt } = found;
    const legs = await this.#statements.legs(id);
    return {
      id,
      kind,
      asset,
      memberId: found.memberId ?? null,
      walletId: found.walletId ?? null,
      withdrawalId: found.withdrawalId ?? null,
      attemptId: found.attemptId ?? null,
      revision: found.revision ?? null,
      source: found.source ?? null,
      reference: found.reference ?? null,
      reversesId: found.reversesId ?? null,
      incidentId: found.incidentId ?? null,
      reason: found.reason ?? null,
      by: { type: actorType, id: actorId },
      validatorId: found.validatorId ?? null,
      at: postedAt.toISOString(),
      effectiveAt: effectiveAt.toISOString(),
      legs: legs.map(({ code, amount }) => ({ account: code, amount: Amount.fromDecimal(asset, amount).toString() })),
    };
  }
}

/** `held` includes what is in flight, for a balance and for a change of it. */
function standing(of: (bucket: string) => Amount): StatementLine['after'] {
  return {
    available: of('available').toString(),
    held: of('held').plus(of('in_flight')).toString(),
    inFlight: of('in_flight').toString(),
    payable: of('payable').toString(),
    receivable: of('receivable').toString(),
  };
}

/** Shows a line with what was there after it, and leaves in `after` what was there before it. */
function shownLine(line: RawLine, after: Map<string, Amount>): StatementLine {
  const { asset } = line;
  const zero = Amount.zero(asset);
  const held = (bucket: string) => after.get(`${asset} ${bucket}`) ?? zero;
  const changed = (bucket: string) => Amount.fromDecimal(asset, line.changes[bucket] ?? '0');
  const shown = { change: standing(changed), after: standing(held) };
  for (const bucket of Object.keys(line.changes)) after.set(`${asset} ${bucket}`, held(bucket).minus(changed(bucket)));
  return {
    transactionId: line.id,
    kind: line.kind,
    asset,
    ...shown,
    withdrawalId: line.withdrawal_id,
    reference: line.reference,
    at: new Date(line.posted_at).toISOString(),
    effectiveAt: new Date(line.effective_at).toISOString(),
  };
}
