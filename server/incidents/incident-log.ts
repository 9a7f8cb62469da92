import { type EntityManager, type FilterQuery, LockMode } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { sql } from '#server/database/sql.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Amount } from '#server/kernel/amount.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { ProviderName } from '#server/kernel/provider-outcome.ts';
import type { Announcer } from '#server/notifications/index.ts';
import type { IncidentListInput, IncidentPage } from './contract.ts';
import { Incident } from './incident.entity.ts';
import { listIncidents } from './incident-list.ts';
import type { IncidentKind } from './statuses.ts';

export interface IncidentFacts {
  readonly kind: IncidentKind;
  readonly subject: string;
  readonly provider?: ProviderName;
  readonly amount?: Amount;
  /** Where there is a coin but no amount. */
  readonly asset?: string;
  readonly withdrawalId?: string;
  readonly attemptId?: string;
  readonly walletId?: string;
  readonly detail: Json;
}

/** Opens and closes incidents, each with its audit row and its announcement in the same commit. */
export class IncidentLog {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #notifications: Announcer;
  readonly #clock: Clock;

  constructor(deps: { em: EntityManager; audit: AuditTrail; notifications: Announcer; clock: Clock }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#notifications = deps.notifications;
    this.#clock = deps.clock;
  }

  /** Once for each subject: while one of its kind is open, that one's id comes back. */
  async open(facts: IncidentFacts, by: ActingParty): Promise<string> {
    const id = newId();
    const asset = facts.amount?.asset ?? facts.asset ?? null;
    const [opened] = await sql<{ id: string }>(
      this.#em,
      `insert into incidents (id, kind, subject, provider, asset, amount, withdrawal_id, attempt_id, wallet_id, detail, opened_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
       on conflict (kind, subject) where closed_at is null do nothing returning id`,
      [
        ...[id, facts.kind, facts.subject, facts.provider ?? null, asset, facts.amount?.toString() ?? null],
        ...[facts.withdrawalId ?? null, facts.attemptId ?? null, facts.walletId ?? null],
        ...[JSON.stringify(facts.detail), this.#clock.now()],
      ],
    );
    if (!opened) return (await this.#openOne(facts)).id;
    this.#audit.record({
      action: 'incident.opened',
      subject: { type: 'incident', id },
      by,
      after: { kind: facts.kind, subject: facts.subject, withdrawal: facts.withdrawalId ?? null },
    });
    const { withdrawalId, amount } = facts;
    this.#notifications.announce({
      type: 'incident.opened',
      subject: { type: 'incident', id },
      reason: facts.kind,
      about: {
        ...(withdrawalId && { withdrawalId }),
        ...(asset && { asset }),
        ...(amount && { amount: amount.toString() }),
      },
    });
    return id;
  }

  /**
   * The same, except for what people have looked at and closed: it is not brought up again while it says the very same.
   * Resolves to null then.
   */
  async openUnlessClosed(facts: IncidentFacts, by: ActingParty): Promise<string | null> {
    const closed = await sql(
      this.#em,
      `select 1 from incidents where withdrawal_id is not distinct from ? and kind = ? and subject = ? and detail = ?::jsonb
         and closed_at is not null limit 1`,
      [facts.withdrawalId ?? null, facts.kind, facts.subject, JSON.stringify(facts.detail)],
    );
    return closed.length > 0 ? null : this.open(facts, by);
  }

  /** The open incident, locked: whoever decides it next finds it decided. Errors: `incident.not_found`. */
  async lock(id: string): Promise<Incident> {
    const incident = await this.#em.findOne(Incident, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
    if (!incident) throw new DomainError('incident.not_found', 'there is no such incident', { detail: { id } });
    if (incident.closedAt) throw new DomainError('incident.closed', 'this incident is closed', { detail: { id } });
    return incident;
  }

  /** The same by what it is about; null when none is open, or none any more. */
  async lockOpen({ kind, subject }: Pick<IncidentFacts, 'kind' | 'subject'>): Promise<Incident | null> {
    const open = { kind, subject, closedAt: null };
    return this.#em.findOne(Incident, open, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  }

  /** As it stands, open or not. Errors: `incident.not_found`. */
  async get(id: string): Promise<Incident> {
    const incident = await this.#em.findOne(Incident, { id });
    if (!incident) throw new DomainError('incident.not_found', 'there is no such incident', { detail: { id } });
    return incident;
  }

  /** The newest first. */
  async list({ filter, cursor, limit }: IncidentListInput): Promise<IncidentPage> {
    return listIncidents(this.#em, { filter, cursor, limit });
  }

  /** For good. What it meant for the books is the caller's, in the same commit. */
  close(incident: Incident, end: { readonly resolution: string; readonly note: string }, by: ActingParty): void {
    incident.closedAt = this.#clock.now();
    incident.closedBy = by.id;
    incident.resolution = end.resolution;
    incident.note = end.note;
    this.#audit.record({
      action: 'incident.closed',
      subject: { type: 'incident', id: incident.id },
      by,
      reason: end.note,
      before: { kind: incident.kind, subject: incident.subject },
      after: { resolution: end.resolution },
    });
    this.#notifications.announce({
      type: 'incident.closed',
      subject: { type: 'incident', id: incident.id },
      reason: incident.kind,
    });
  }

  /** Open ones that fit, oldest first; a handful at most. */
  findOpen(where: FilterQuery<Incident>): Promise<Incident[]> {
    return this.#em.find(Incident, { $and: [where, { closedAt: null }] }, { orderBy: { openedAt: 'asc' }, limit: 100 });
  }

  /** Every one about a withdrawal, the newest first. */
  about(withdrawalId: string): Promise<Incident[]> {
    return this.#em.find(Incident, { withdrawalId }, { orderBy: { openedAt: 'desc', id: 'desc' }, limit: 100 });
  }

  async isOpen(where: FilterQuery<Incident>): Promise<boolean> {
    return (await this.#em.findOne(Incident, { $and: [where, { closedAt: null }] })) !== null;
  }

  #openOne({ kind, subject }: IncidentFacts): Promise<Incident> {
    return this.#em.findOneOrFail(Incident, { kind, subject, closedAt: null });
  }
}
