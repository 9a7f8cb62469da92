import type { EntityManager } from '@mikro-orm/postgresql';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { newId } from '#server/kernel/ids.ts';
import { AuditEvent } from './audit-event.entity.ts';
import type { RowMac } from './row-mac.ts';

export type AuditSubject =
  | 'withdrawal'
  | 'wallet'
  | 'asset'
  | 'ledger'
  | 'operator'
  | 'api_key'
  | 'provider'
  | 'freeze'
  | 'mining'
  | 'incident'
  | 'reconciliation'
  | 'difference'
  | 'system'
  | 'notification'
  | 'webhook'
  | 'allow_list'
  | 'policy';

export interface AuditEntry {
  readonly action: string;
  readonly subject: { readonly type: AuditSubject; readonly id: string };
  readonly by: ActingParty;
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
      outcome: 'done' as const,
      subjectType: entry.subject.type,
      subjectId: entry.subject.id,
      reason: entry.reason ?? null,
      before: entry.before ?? null,
      after: entry.after ?? null,
    };
    this.#em.persist(this.#em.create(AuditEvent, { ...facts, mac: this.#mac.of(facts) }));
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

const AUDIT_ROWS_MAX = 200;
