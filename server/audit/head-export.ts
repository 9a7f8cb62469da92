import type { EntityManager } from '@mikro-orm/postgresql';
import { instantText } from '#server/database/instant-text.ts';
import { sql } from '#server/database/sql.ts';
import type { AuditAlerts } from './audit-sealer.ts';
import type { HeadTargetName } from './head-target.port.ts';

/** All workers together send a head to each target this often: well within the minute that is promised. */
const TRY_EVERY = '20 s';
/** What was promised. Once it is broken people are told. */
const PROMISED_EVERY = '60 s';
const FAILURE_CHARS_MAX = 100;

export interface HeadStanding {
  readonly target: HeadTargetName;
  /** Null: never yet. */
  readonly keptAt: string | null;
  /** So many rows are in the chain behind the head that is kept. */
  readonly rowsBehind: number;
  /** Longer ago than was promised. */
  readonly isLate: boolean;
}

/** Whose turn it is to send the head out, and what became of it. */
export class HeadExport {
  readonly #em: EntityManager;
  readonly #alerts: AuditAlerts;
  readonly #targets: readonly HeadTargetName[];

  constructor(deps: { em: EntityManager; alerts: AuditAlerts; targets: readonly HeadTargetName[] }) {
    this.#em = deps.em;
    this.#alerts = deps.alerts;
    this.#targets = deps.targets;
  }

  /** How the last head that each target keeps stands to the chain. None where no target is configured. */
  async standing(): Promise<HeadStanding[]> {
    const rows = await sql<HeadStanding & { keptAt: Date | string | null }>(
      this.#em,
      `select x.target, x.exported_at as "keptAt", (h.position - coalesce(x.position, 0))::int as "rowsBehind",
         (x.exported_at is null or x.exported_at < clock_timestamp() - interval '${PROMISED_EVERY}') as "isLate"
       from audit_exports x, audit_head h where x.target = any(?::text[]) order by x.target`,
      [this.#targets],
    );
    return rows.map((row) => ({ ...row, keptAt: row.keptAt === null ? null : instantText(row.keptAt) }));
  }

  async claimsTurn(target: HeadTargetName): Promise<boolean> {
    const turn = await sql(
      this.#em,
      `update audit_exports set tried_at = clock_timestamp() where target = ?
         and (tried_at is null or tried_at < clock_timestamp() - interval '${TRY_EVERY}') returning 1`,
      [target],
    );
    return turn.length > 0;
  }

  async noteKept(target: HeadTargetName, position: number): Promise<void> {
    const [before] = await sql<{ announced: boolean }>(
      this.#em,
      'select announced from audit_exports where target = ? for update',
      [target],
    );
    await sql(
      this.#em,
      `update audit_exports set exported_at = clock_timestamp(), position = ?, failing_since = null, failure = null,
         announced = false where target = ?`,
      [position, target],
    );
    if (before?.announced)
      this.#alerts.announce({ type: 'audit.export_resumed', subject: { type: 'audit', id: target } });
  }

  /** Says once, when the last head went out too long ago, that something must be mended. */
  async noteFailure(target: HeadTargetName, failure: string): Promise<void> {
    const reason = failure.slice(0, FAILURE_CHARS_MAX);
    await sql(
      this.#em,
      'update audit_exports set failing_since = coalesce(failing_since, clock_timestamp()), failure = ? where target = ?',
      [reason, target],
    );
    const broken = await sql(
      this.#em,
      `update audit_exports set announced = true where target = ? and not announced
         and (exported_at is null or exported_at < clock_timestamp() - interval '${PROMISED_EVERY}') returning 1`,
      [target],
    );
    if (broken.length > 0)
      this.#alerts.announce({ type: 'audit.export_failed', subject: { type: 'audit', id: target }, reason });
  }
}
