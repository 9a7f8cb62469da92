import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';

/** From the first question to the action itself. */
const VALID_S = 60;
/** What came of them stands in the audit. */
const KEPT_DAYS = 1;
const CHALLENGE_BYTES = 32;

export type Person = ActingParty & { readonly type: 'operator' };

export interface OpenStepUp {
  readonly id: string;
  readonly action: string;
  readonly challenge: string;
}

/**
 * Second factors that were given for one action. The row is the grant: bound to the session and to the digest of the
 * action, it is consumed in the action's own transaction. Nothing has to be carried along with the call.
 */
export class StepUps {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  async begin(action: string, digest: string, by: Person): Promise<OpenStepUp> {
    const [id, challenge] = [newId(), randomBytes(CHALLENGE_BYTES).toString('base64url')];
    await sql(this.#em, `delete from step_ups where operator_id = ? and began_at < now() - make_interval(days => ?)`, [
      by.id,
      KEPT_DAYS,
    ]);
    await sql(
      this.#em,
      `insert into step_ups (id, session_id, operator_id, action, digest, challenge) values (?, ?, ?, ?, ?, ?)`,
      [id, by.sessionId, by.id, action, digest, challenge],
    );
    return { id, action, challenge };
  }

  /** Locked until the end of the transaction: two answers to one question are looked at one after the other. */
  async open(id: string, by: Person): Promise<OpenStepUp | null> {
    const [row] = await sql<OpenStepUp>(
      this.#em,
      `select id, action, challenge from step_ups where id = ? and session_id = ? and operator_id = ?
       and confirmed_at is null and began_at > now() - make_interval(secs => ?) for update`,
      [id, by.sessionId, by.id, VALID_S],
    );
    return row ?? null;
  }

  async confirm(id: string, confirmedWith: 'code' | 'passkey'): Promise<void> {
    await sql(this.#em, 'update step_ups set confirmed_at = now(), confirmed_with = ? where id = ?', [
      confirmedWith,
      id,
    ]);
  }

  /** Takes the grant for exactly this action; it goes with the action's commit. Throws `auth.step_up_required`. */
  async consume(digest: string, by: Person): Promise<void> {
    const taken = await sql(
      this.#em,
      `update step_ups set used_at = now() where id = (
         select id from step_ups where session_id = ? and digest = ? and operator_id = ? and used_at is null
         and confirmed_at is not null and began_at > now() - make_interval(secs => ?)
         order by id limit 1 for update skip locked) returning id`,
      [by.sessionId, digest, by.id, VALID_S],
    );
    if (taken.length === 0) {
      throw new DomainError('auth.step_up_required', 'this needs the second factor once more, for this very action');
    }
  }
}
