import type { EntityManager } from '@mikro-orm/postgresql';
import { insertOf, writeAtCommit } from '#server/database/write-at-commit.ts';
import type { ActingParty, CallOrigin, OperatorActor } from '#server/kernel/actor.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { newId } from '#server/kernel/ids.ts';
import { AuditEvent } from './audit-event.entity.ts';
import type { RowMac } from './row-mac.ts';
import type { AuditOutcome, AuditSubject } from './statuses.ts';

/** Somebody of ours; or whoever calls without a session or a key that counts, does nothing, and has tried. */
export type RecordedParty =
  | ActingParty
  | (Omit<OperatorActor, 'role'> & { readonly origin: CallOrigin })
  | { readonly type: 'anonymous'; readonly id: 'anonymous'; readonly origin?: CallOrigin };

export interface AuditEntry {
  readonly action: string;
  /** `done` if absent. */
  readonly outcome?: AuditOutcome;
  readonly subject: { readonly type: AuditSubject; readonly id: string };
  readonly by: RecordedParty;
  readonly reason?: string | undefined;
  readonly before?: Json;
  readonly after?: Json;
}

/** Writes who did what into the same commit as what they did. */
export class AuditTrail {
  readonly #em: EntityManager;
  readonly #clock: Clock;
  readonly #mac: RowMac;

  constructor(deps: { em: EntityManager; clock: Clock; mac: RowMac }) {
    this.#em = deps.em;
    this.#clock = deps.clock;
    this.#mac = deps.mac;
  }

  record(entry: AuditEntry): void {
    const facts = {
      id: newId(),
      at: this.#clock.now(),
      actorType: entry.by.type,
      actorId: entry.by.id,
      sessionId: entry.by.type === 'operator' ? entry.by.sessionId : null,
      requestId: entry.by.origin?.requestId ?? null,
      ip: entry.by.origin?.ip ?? null,
      action: entry.action,
      outcome: entry.outcome ?? 'done',
      subjectType: entry.subject.type,
      subjectId: entry.subject.id,
      reason: entry.reason ?? null,
      before: entry.before ?? null,
      after: entry.after ?? null,
    };
    writeAtCommit(this.#em, INSERT, {
      ...{ id: facts.id, at: facts.at, actor_type: facts.actorType, actor_id: facts.actorId },
      ...{ session_id: facts.sessionId, request_id: facts.requestId, ip: facts.ip },
      ...{ action: facts.action, outcome: facts.outcome, subject_type: facts.subjectType, subject_id: facts.subjectId },
      ...{ reason: facts.reason, before: facts.before, after: facts.after, mac: this.#mac.of(facts) },
    });
  }

  /** Everything recorded about one subject, oldest first; at most `AUDIT_ROWS_MAX`. */
  about(subject: AuditEntry['subject']): Promise<AuditEvent[]> {
    return this.#em.find(
      AuditEvent,
      { subjectType: subject.type, subjectId: subject.id },
      { orderBy: { id: 'asc' }, limit: AUDIT_ROWS_MAX },
    );
  }
}

const INSERT = insertOf('audit_events', [
  ...['id', 'at', 'actor_type', 'actor_id', 'session_id', 'request_id', 'ip'],
  ...['action', 'outcome', 'subject_type', 'subject_id', 'reason', 'before', 'after', 'mac'],
]);
const AUDIT_ROWS_MAX = 200;
