import type { EntityManager } from '@mikro-orm/postgresql';
import type { Container } from '#server/container.ts';
import { SessionManager } from '#server/database/session-manager.ts';
import { sql } from '#server/database/sql.ts';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { LedgerRepository, type Posting } from '#server/ledger/index.ts';
import { openServices, type Services } from '#server/services.ts';
import type { TestApplication } from './application.ts';

const BY = { type: 'system', id: 'test' } as const;

type BookedKind = Exclude<Posting['kind'], 'COLLECT' | 'CREDIT' | 'REVERSE'>;

/** Books straight into the ledger, without withdrawals. */
export class Bookings {
  readonly sessions: SessionManager<
    Pick<Services, 'ledger' | 'statements'> & { em: EntityManager; repository: LedgerRepository }
  >;

  readonly #container: Container;

  constructor({ container }: TestApplication) {
    this.#container = container;
    this.sessions = new SessionManager(container.orm, (em) => {
      const { ledger, statements } = openServices(em, container.shared);
      return { em, ledger, statements, repository: new LedgerRepository({ em }) };
    });
  }

  credit(memberId: string, amount: string, { asset = 'LTC', reference = newId() } = {}) {
    return this.sessions.inTransaction(({ ledger }) => ledger.credit({ memberId, asset, amount, reference }, BY));
  }

  /** A movement as the ledger takes it. */
  posting(memberId: string | undefined, movement: Movement): Posting {
    const { amount, asset = movement.walletId ? BNB : 'LTC', fee, back, ...rest } = movement;
    const of = (text: string | undefined) => (text ? Amount.parse(asset, text) : undefined);
    return {
      memberId,
      withdrawalId: newId(),
      attemptId: newId(),
      revision: 1,
      reference: newId(),
      by: BY,
      ...rest,
      amount: Amount.parse(asset, amount),
      fee: of(fee),
      back: of(back),
    };
  }

  /** One member's movements, in one commit. Each is of a withdrawal and an attempt of its own unless it says which. */
  post(memberId: string | undefined, ...movements: readonly Movement[]): Promise<string[]> {
    return this.sessions.inTransaction(({ ledger }) =>
      ledger.post(movements.map((each) => this.posting(memberId, each))),
    );
  }

  /** One movement, and what else happens before it is committed. */
  postAnd(memberId: string, movement: Movement, before: () => Promise<void>): Promise<void> {
    return this.sessions.inTransaction(async ({ ledger }) => {
      await ledger.post([this.posting(memberId, movement)]);
      await before();
    });
  }

  /** An open incident, for movements that must have one. */
  incident(): Promise<string> {
    const facts = { kind: 'short_funds', subject: newId(), detail: {} } as const;
    return this.#container.sessions.inTransaction(({ incidents }) => incidents.open(facts, BY));
  }

  /** What accounts hold, debits above zero; those that hold nothing are left out. */
  async holdings(...codes: readonly string[]): Promise<Record<string, string>> {
    const rows = await this.sessions.withoutTransaction(({ em }) =>
      sql<{ code: string; sum: string }>(
        em,
        `select code, trim_scale(sum(amount))::text as sum from ledger_entries where code = any(?::text[])
         group by code having sum(amount) <> 0`,
        [[...codes]],
      ),
    );
    return Object.fromEntries(rows.map(({ code, sum }) => [code, sum]));
  }

  reverse(transactionId: string, amount: string, { reference = newId() } = {}) {
    return this.sessions.inTransaction(({ ledger }) => ledger.reverse({ transactionId, amount, reference }, BY));
  }

  balances(memberId: string) {
    return this.sessions.withoutTransaction(({ ledger }) => ledger.balances(memberId));
  }

  collect(day: string, amount: Amount, source = 'hashdam') {
    return this.sessions.inTransaction(({ ledger }) => ledger.collect({ day, amount, source }, BY));
  }
}

/** A posting in words: amounts are text, of LTC unless it says of what. */
export interface Movement extends Omit<Posting, 'kind' | 'amount' | 'fee' | 'back' | 'by'> {
  readonly kind: BookedKind;
  readonly amount: string;
  readonly asset?: string;
  readonly fee?: string;
  readonly back?: string;
  readonly by?: Posting['by'];
}

/** The asset of what a wallet moves in tests. */
export const BNB = 'BSC:BNB';
