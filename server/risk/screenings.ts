import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '#server/database/database-now.ts';
import { sql } from '#server/database/sql.ts';
import type { Assessed } from './risk-refusal.ts';
import type { ScreeningAnswer, ScreeningService, ScreeningState } from './screening.port.ts';

/** Asked again after so long when there was no answer, twice as long each time, at most so long. */
const AGAIN_AFTER_MS = 30_000;
const AGAIN_AFTER_MAX_MS = 30 * 60_000;
const DOUBLED_MAX = 10;

/** Which withdrawals wait for an outside word about their address, and what it was: by the database's clock. */
export class Screenings {
  readonly #em: EntityManager;
  /** Null where none is configured: nothing is asked, and nothing waits for an answer. */
  readonly ask: ScreeningService | null;

  constructor(deps: { em: EntityManager; service: ScreeningService | null }) {
    this.#em = deps.em;
    this.ask = deps.service;
  }

  /** Whatever was asked about an earlier revision is history from then on. */
  async open({ id, revision }: Assessed): Promise<void> {
    const text = 'insert into risk_screenings (withdrawal_id, revision, asked_at) values (?, ?, clock_timestamp())';
    await sql(this.#em, text, [id, revision]);
  }

  /** What was asked last; a revision that only votes anew stands under the one before. */
  async newest(withdrawalId: string): Promise<{ readonly revision: number; readonly verdict: ScreeningState } | null> {
    const text = 'select revision, verdict from risk_screenings where withdrawal_id = ? order by revision desc limit 1';
    const [row] = await sql<{ revision: number; verdict: ScreeningState }>(this.#em, text, [withdrawalId]);
    return row ?? null;
  }

  /** Keeps an answer once; false when there was one already. */
  async close({ id, revision }: Assessed, answer: Extract<ScreeningAnswer, { kind: 'verdict' }>): Promise<boolean> {
    const rows = await sql(
      this.#em,
      `update risk_screenings set verdict = ?, reference = ?, reason = ?, answered_at = clock_timestamp()
       where withdrawal_id = ? and revision = ? and verdict = 'pending' returning 1`,
      [answer.verdict, answer.reference, answer.reason, id, revision],
    );
    return rows.length > 0;
  }

  /** Counts a look that led to nothing; resolves to when the next one is due. */
  async postpone({ id, revision }: Assessed): Promise<Date> {
    const text =
      'update risk_screenings set looks = looks + 1 where withdrawal_id = ? and revision = ? returning looks';
    const [row] = await sql<{ looks: number }>(this.#em, text, [id, revision]);
    const times = Math.min((row?.looks ?? 1) - 1, DOUBLED_MAX);
    const afterMs = Math.min(AGAIN_AFTER_MS * 2 ** times, AGAIN_AFTER_MAX_MS);
    return new Date((await databaseNow(this.#em)).getTime() + afterMs);
  }
}
