import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';

/** Calls of this minute that one process may let through without asking again. */
export interface DrawnLot {
  /** Which minute it is of, by the database's clock. */
  readonly minute: string;
  /** 0: there are not as many left as were asked for. */
  readonly lot: number;
  /** Still there for everybody after this. */
  readonly undrawn: number;
  readonly msLeft: number;
}

/** A process takes an eighth of what is left: few statements while there is plenty, and a fair end when there is little. */
const SHARE = 8;

/** How many calls of a key this minute has left, for all processes together: one row a key, written once a lot. */
export class CallLots {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  async draw(apiKeyId: string, callsPerMinute: number, calls: number): Promise<DrawnLot> {
    const [row] = await sql<{ minute: string; drawn: number; lot: number; ms_left: number }>(
      this.#em,
      `with asked as (select ?::uuid as id, ?::int as most, ?::int as calls, date_trunc('minute', now()) as minute),
       taken as (
         insert into api_key_calls as c (api_key_id, minute, drawn, lot)
         select id, minute, ${lotOf('0')}, ${lotOf('0')} from asked
         on conflict (api_key_id) do update set minute = excluded.minute,
           drawn = ${DRAWN} + (select ${lotOf(DRAWN)} from asked), lot = (select ${lotOf(DRAWN)} from asked)
         returning minute, drawn, lot)
       select minute::text, drawn, lot, 60000 - extract(milliseconds from now())::int as ms_left from taken`,
      [apiKeyId, callsPerMinute, calls],
    );
    if (!row) throw new TypeError('a draw answers with a row');
    const { minute, lot, drawn, ms_left: msLeft } = row;
    return { minute, lot, undrawn: Math.max(0, callsPerMinute - drawn), msLeft };
  }
}

/** What was drawn in this very minute. */
const DRAWN = '(case when c.minute = excluded.minute then c.drawn else 0 end)';
const lotOf = (drawn: string): string =>
  `case when most - ${drawn} < calls then 0 else greatest(calls, (most - ${drawn}) / ${SHARE}) end`;
