import { createHash } from 'node:crypto';
import { type EntityManager, LockMode, raw } from '@mikro-orm/postgresql';
import type { AuditSubject, AuditTrail } from '#server/audit/index.ts';
import { databaseNow } from '#server/database/database-now.ts';
import { sql } from '#server/database/sql.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { canonicalJson, type Json } from '#server/kernel/canonical-json.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { Announcement, Announcer } from '#server/notifications/index.ts';
import type { DecidersView, OpenDecisionView } from './contract.ts';
import { DualDecision } from './dual-decision.entity.ts';
import { refuseNewcomer } from './newcomer.ts';

/** A proposal that nobody confirmed is void after so long; the facts under it will have changed. */
const PROPOSAL_VALID_FOR_MS = 24 * 3_600_000;
const OPEN_OF_MAX = 200;

/** Actions that take two people, in the words of the audit log. */
export type DualAction =
  | 'withdrawal.resolve'
  | 'withdrawal.report_paid'
  | 'incident.decide'
  | 'pool_row.register'
  | 'ledger.reverse'
  | 'ledger.adjust'
  | 'wallet.rotate_key'
  | 'wallet.resume'
  | 'wallet.book_deposit'
  | 'allow_list.add'
  | 'system.unfreeze'
  | 'policy.change';

export interface DualCall {
  readonly action: DualAction;
  readonly subject: { readonly type: AuditSubject; readonly id: string };
  /** What both must say alike, such as the outcome and the reference. */
  readonly body: Json;
  readonly note: string;
}

export type DualState =
  | { readonly state: 'proposed'; readonly decisionId: string; readonly expiresAt: string }
  | {
      readonly state: 'confirmed';
      readonly decisionId: string;
      readonly proposedBy: string;
      readonly confirmedBy: string;
    };

/**
 * Two people, one decision: the first call proposes, the same call by another person confirms. Sessions and keys do not
 * count, people do, and the database refuses a decision whose two names are one. Needs a transaction.
 */
export class DualControl {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #notifications: Announcer;

  constructor(deps: { em: EntityManager; audit: AuditTrail; notifications: Announcer }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#notifications = deps.notifications;
  }

  /**
   * Proposes, or confirms what a colleague proposed who may still decide. On `confirmed` the caller acts, in the same transaction. Errors:
   * `decision.differs` when a colleague proposed something else, `auth.forbidden` for anybody who is not a person,
   * `auth.newcomer` for whom a right is new: as the first of the two, one administrator could be both.
   */
  async decide(call: DualCall, by: ActingParty): Promise<DualState> {
    if (by.type !== 'operator') throw new DomainError('auth.forbidden', 'this takes two people');
    refuseNewcomer(by);
    const open = await this.#open(call);
    const bodyHash = hashOf(call.body);
    const now = await databaseNow(this.#em);
    const stands = open !== null && (await this.#standing([open])).length > 0;
    if (open && stands) {
      if (open.proposedBy !== by.id) return this.#confirm(open, call, { bodyHash, by, now });
      if (open.bodyHash === bodyHash) return proposed(open);
    }
    if (open) await this.#end(open, stands ? by : null, now);
    return this.#propose(call, { bodyHash, by, now });
  }

  /** Takes a proposal back: whoever made it, or a colleague who disagrees. Errors: `decision.not_found`. */
  async withdraw(id: string, by: ActingParty): Promise<void> {
    const decision = await this.#em.findOne(DualDecision, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!decision || decision.ending) {
      throw new DomainError('decision.not_found', 'there is no such open proposal', { detail: { id } });
    }
    await this.#end(decision, by, await databaseNow(this.#em));
  }

  /** Open proposals about these subjects, for the screens. */
  async openAbout(subjectIds: readonly string[]): Promise<readonly DualDecision[]> {
    const about = { subjectId: { $in: [...subjectIds] }, ...unended() };
    return this.#standing(await this.#em.find(DualDecision, about, { orderBy: { id: 'asc' } }));
  }

  /** Open proposals of one kind, for a screen that is about nothing else. */
  async openOf(action: DualAction): Promise<readonly DualDecision[]> {
    const found = this.#em.find(DualDecision, { action, ...unended() }, { orderBy: { id: 'asc' }, limit: OPEN_OF_MAX });
    return this.#standing(await found);
  }

  /** The same as they are shown, with the names of those who proposed. */
  async views(decisions: readonly DualDecision[]): Promise<OpenDecisionView[]> {
    const ids = [...new Set(decisions.map(({ proposedBy }) => proposedBy))];
    const names = await sql<{ id: string; name: string }>(
      this.#em,
      'select id, name from operators where id = any(?::uuid[])',
      [ids],
    );
    return decisions.map((decision) => ({
      ...{ id: decision.id, action: decision.action, body: decision.body, note: decision.note },
      proposedBy: {
        id: decision.proposedBy,
        name: names.find(({ id }) => id === decision.proposedBy)?.name ?? '',
      },
      proposedAt: decision.proposedAt.toISOString(),
      expiresAt: decision.expiresAt.toISOString(),
    }));
  }

  /** How many people could be one of the two at this moment, in each group. */
  async deciders(): Promise<DecidersView> {
    const [row] = await sql<DecidersView>(
      this.#em,
      `select count(*) filter (where role = 'finance')::int as finance, count(*) filter (where role = 'admin')::int as admin
       from operators where may_approve(id)`,
    );
    return row ?? { finance: 0, admin: 0 };
  }

  /**
   * Those that are not too old, whose proposer may decide now and might have then: what was proposed with a right that was
   * lost is nobody's word.
   */
  async #standing(decisions: readonly DualDecision[]): Promise<readonly DualDecision[]> {
    if (decisions.length === 0) return [];
    const rows = await sql<{ id: string }>(
      this.#em,
      `select id from dual_decisions
       where id = any(?::uuid[]) and expires_at > clock_timestamp() and decides_since(proposed_by, proposed_at)`,
      [decisions.map(({ id }) => id)],
    );
    return decisions.filter((decision) => rows.some(({ id }) => id === decision.id));
  }

  #open({ action, subject }: DualCall): Promise<DualDecision | null> {
    return this.#em.findOne(
      DualDecision,
      { action, subjectId: subject.id, ending: null },
      { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
    );
  }

  #propose(call: DualCall, { bodyHash, by, now }: Step): DualState {
    const decision = this.#em.create(DualDecision, {
      id: newId(),
      action: call.action,
      subjectType: call.subject.type,
      subjectId: call.subject.id,
      body: call.body,
      bodyHash,
      note: call.note,
      proposedBy: by.id,
      proposedAt: now,
      expiresAt: new Date(now.getTime() + PROPOSAL_VALID_FOR_MS),
      ending: null,
      endedBy: null,
      endedAt: null,
      endNote: null,
    });
    this.#em.persist(decision);
    this.#record('decision.proposed', decision, { by, reason: call.note });
    this.#tell('proposed', decision, call.note);
    return proposed(decision);
  }

  #confirm(open: DualDecision, call: DualCall, { bodyHash, by, now }: Step): DualState {
    if (open.bodyHash !== bodyHash) {
      throw new DomainError('decision.differs', 'a colleague proposed something else; look again', {
        detail: { id: open.id, proposedBy: open.proposedBy },
      });
    }
    open.ending = 'confirmed';
    open.endedBy = by.id;
    open.endedAt = now;
    open.endNote = call.note;
    this.#record('decision.confirmed', open, { by, reason: call.note });
    return { state: 'confirmed', decisionId: open.id, proposedBy: open.proposedBy, confirmedBy: by.id };
  }

  /** At once, not with the flush: only one may be open, and its successor may follow in the same commit. */
  async #end(decision: DualDecision, by: ActingParty | null, now: Date): Promise<void> {
    const text = 'update dual_decisions set ending = ?, ended_by = ?, ended_at = ? where id = ?';
    await sql(this.#em, text, [by ? 'withdrawn' : 'expired', by?.id ?? null, now, decision.id]);
    this.#record(by ? 'decision.withdrawn' : 'decision.expired', decision, { by: by ?? EXPIRY });
    if (by) this.#tell('withdrawn', decision);
  }

  #tell(what: 'proposed' | 'withdrawn', decision: DualDecision, reason?: string): void {
    const type = TOLD[decision.action]?.[what];
    if (type) this.#notifications.announce({ type, subject: { type: decision.subjectType, id: decision.id }, reason });
  }

  #record(action: string, decision: DualDecision, { by, reason }: { by: ActingParty; reason?: string }): void {
    this.#audit.record({
      action,
      subject: { type: decision.subjectType, id: decision.subjectId },
      by,
      reason,
      after: { decision: decision.id, action: decision.action, body: decision.body },
    });
  }
}

/** Old ones that nobody ended are none, and must not crowd out those that are. */
const unended = () => ({ ending: null, expiresAt: { $gt: raw<Date>('clock_timestamp()') } });

interface Step {
  readonly bodyHash: string;
  readonly by: ActingParty;
  readonly now: Date;
}

/** Proposals that people hear of beside whoever works on them. */
const TOLD: Readonly<Partial<Record<string, Readonly<Record<'proposed' | 'withdrawn', Announcement['type']>>>>> = {
  'policy.change': { proposed: 'policy.proposed', withdrawn: 'policy.refused' },
};

const EXPIRY: ActingParty = { type: 'system', id: 'expiry' };

const hashOf = (body: Json): string => createHash('sha256').update(canonicalJson(body)).digest('hex');

const proposed = ({ id, expiresAt }: DualDecision): DualState => ({
  state: 'proposed',
  decisionId: id,
  expiresAt: expiresAt.toISOString(),
});
