import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { insertOf, writeAtCommit } from '#server/database/write-at-commit.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { newId } from '#server/kernel/ids.ts';
import { ESCALATE_AFTER_MS } from './delivery-policy.ts';
import { EVENT_RULES } from './event-rules.ts';
import type { EventType, NotificationSubject, Severity } from './statuses.ts';

export interface Announcement {
  readonly type: EventType;
  /** What it is about. Announcements of one subject are told in the order of their commits. */
  readonly subject: { readonly type: NotificationSubject; readonly id: string };
  /** Where the type's own does not fit. */
  readonly severity?: Severity;
  /** The error, or why somebody did it; never a secret. */
  readonly reason?: string | undefined;
  /** People were told of the first of these and need not hear of it again; programs do. */
  readonly repeated?: boolean | undefined;
  readonly withdrawal?: MovedWithdrawal;
  /** What else it touches, where it is not a withdrawal's own change of status. */
  readonly about?: {
    readonly withdrawalId?: string;
    readonly asset?: string;
    readonly amount?: string;
    /** Of how much `amount` is missing. */
    readonly claimed?: string;
  };
}

export interface MovedWithdrawal {
  readonly id: string;
  readonly memberId: string;
  readonly asset: string;
  /** Decimal text. */
  readonly amount: string;
  /** Where the coins go. */
  readonly target: string;
  readonly requestedAt: Date;
  readonly from: string | null;
  readonly to: string;
}

/**
 * The outbox: says in the commit of a change that it must be told. One insert; who is told, how and how often is worked
 * out after the commit, so that no receiver can hold up money and nothing is told that did not happen.
 */
export class Announcer {
  readonly #em: EntityManager;
  readonly #clock: Clock;

  constructor(deps: { em: EntityManager; clock: Clock }) {
    this.#em = deps.em;
    this.#clock = deps.clock;
  }

  announce({ type, subject, withdrawal, about, ...said }: Announcement): void {
    const rule = EVENT_RULES[type];
    const id = newId();
    const at = this.#clock.now();
    const severity = said.severity ?? rule.severity;
    writeAtCommit(this.#em, EVENT, {
      id,
      at,
      type,
      severity,
      for_people: rule.alerts && !said.repeated,
      subject_type: subject.type,
      subject_id: subject.id,
      withdrawal_id: withdrawal?.id ?? about?.withdrawalId ?? null,
      member_id: withdrawal?.memberId ?? null,
      asset: withdrawal?.asset ?? about?.asset ?? null,
      amount: withdrawal?.amount ?? about?.amount ?? null,
      claimed: about?.claimed ?? null,
      target: withdrawal?.target ?? null,
      requested_at: withdrawal?.requestedAt ?? null,
      from_status: withdrawal?.from ?? null,
      to_status: withdrawal?.to ?? null,
      reason: said.reason ?? null,
    });
    if (rule.console && !said.repeated) this.#show({ id, at, severity });
  }

  /** What these tell of has ended by itself: whoever has not acknowledged them yet need not any more. */
  async over({ type, subject }: { type: EventType; subject: { type: NotificationSubject; ids: readonly string[] } }) {
    if (subject.ids.length === 0) return;
    await sql(
      this.#em,
      `update notifications n set acknowledged_at = ?, version = n.version + 1 from notification_events e
       where e.id = n.id and n.acknowledged_at is null and e.type = ? and e.subject_type = ?
         and e.subject_id = any(?::text[]) returning 1`,
      [this.#clock.now(), type, subject.type, [...subject.ids]],
    );
  }

  /** Onto the list in the console, where it stays until somebody acknowledges it. */
  #show({ id, at, severity }: { id: string; at: Date; severity: Severity }): void {
    const escalateAt = severity === 'info' ? null : new Date(at.getTime() + ESCALATE_AFTER_MS);
    writeAtCommit(this.#em, NOTIFICATION, { id, at, severity, escalate_at: escalateAt });
  }
}

const EVENT = insertOf('notification_events', [
  ...['id', 'at', 'type', 'severity', 'for_people', 'subject_type', 'subject_id', 'withdrawal_id', 'member_id'],
  ...['asset', 'amount', 'claimed', 'target', 'requested_at', 'from_status', 'to_status', 'reason'],
]);
const NOTIFICATION = insertOf('notifications', ['id', 'at', 'severity', 'escalate_at']);
