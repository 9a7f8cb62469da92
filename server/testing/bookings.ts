import type { EntityManager } from '@mikro-orm/postgresql';
import type { Container } from '#server/container.ts';
import { SessionManager } from '#server/database/session-manager.ts';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { LedgerRepository, type LedgerService, type Posting } from '#server/ledger/index.ts';
import { openServices } from '#server/services.ts';
import type { TestApplication } from './application.ts';

const BY = { type: 'system', id: 'test' } as const;

type BookedKind = Exclude<Posting['kind'], 'COLLECT' | 'CREDIT'>;

/** Books straight into the ledger, without withdrawals. */
export class Bookings {
  readonly sessions: SessionManager<{ em: EntityManager; ledger: LedgerService; repository: LedgerRepository }>;

  readonly #container: Container;

  constructor({ container }: TestApplication) {
    this.#container = container;
    this.sessions = new SessionManager(container.orm, (em) => ({
      em,
      ledger: openServices(em, container.shared).ledger,
      repository: new LedgerRepository({ em }),
    }));
  }

  credit(memberId: string, amount: string, { asset = 'LTC', reference = newId() } = {}) {
    return this.sessions.inTransaction(({ ledger }) => ledger.credit({ memberId, asset, amount, reference }, BY));
  }

  /** One member's movements, in one commit. Each is of a withdrawal and an attempt of its own unless it says which. */
  post(memberId: string, ...movements: readonly Movement[]): Promise<string[]> {
    return this.sessions.inTransaction(({ ledger }) => ledger.post(movements.map((each) => posting(memberId, each))));
  }

  /** One movement, and what else happens before it is committed. */
  postAnd(memberId: string, movement: Movement, before: () => Promise<void>): Promise<void> {
    return this.sessions.inTransaction(async ({ ledger }) => {
      await ledger.post([posting(memberId, movement)]);
      await before();
    });
  }

  /** An open incident, for movements that must have one. */
  incident(): Promise<string> {
    const facts = { kind: 'short_funds', subject: newId(), detail: {} } as const;
    return this.#container.sessions.inTransaction(({ incidents }) => incidents.open(facts, BY));
  }

  balances(memberId: string) {
    return this.sessions.withoutTransaction(({ ledger }) => ledger.balances(memberId));
  }

  collect(day: string, amount: Amount, source = 'hashdam') {
    return this.sessions.inTransaction(({ ledger }) => ledger.collect({ day, amount, source }, BY));
  }
}

export interface Movement {
  readonly kind: BookedKind;
  readonly amount: string;
  readonly asset?: string;
  readonly fee?: string;
  readonly withdrawalId?: string;
  readonly attemptId?: string;
  readonly revision?: number;
}

function posting(memberId: string, movement: Movement): Posting {
  const { kind, amount, asset = 'LTC', fee, withdrawalId = newId(), attemptId = newId(), revision = 1 } = movement;
  return {
    kind,
    memberId,
    withdrawalId,
    attemptId,
    revision,
    amount: Amount.parse(asset, amount),
    ...(fee ? { fee: Amount.parse(asset, fee) } : {}),
    by: BY,
  };
}
