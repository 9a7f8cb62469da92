import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { SignInView } from '../contract.ts';

const ROWS_MAX = 30;

const ACTIONS = {
  'operator.signed_in': 'signed_in',
  'operator.sign_in_refused': 'refused',
  'second_factor.refused': 'code_refused',
  'operator.new_device': 'new_device',
} as const satisfies Record<string, SignInView['what']>;

interface Row {
  readonly id: string;
  readonly at: Date;
  readonly ip: string | null;
  readonly action: keyof typeof ACTIONS;
  readonly after: {
    readonly with?: 'password' | 'passkey';
    readonly userAgent?: string | null;
    readonly because?: string;
  } | null;
}

/** Who has signed in as somebody, or tried to, as the record has it: for the owner, who alone can tell a stranger. */
export class SignInHistory {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  /** The latest first. What was not even looked at is left out: whoever guesses would push all else off the list. */
  async of(operatorId: string): Promise<SignInView[]> {
    const rows = await sql<Row>(
      this.#em,
      `select id, at, ip, action, after from audit_events
       where subject_type = 'operator' and subject_id = ? and action = any(?::text[])
         and after->>'code' is distinct from 'rate.limited' order by id desc limit ?`,
      [operatorId, Object.keys(ACTIONS), ROWS_MAX],
    );
    return rows.map(({ id, at, ip, action, after }) => ({
      ...{ id, ip, at: new Date(at).toISOString() },
      // Where the first factor is set up a password is tried, too.
      ...(after?.because === 'password.wrong'
        ? ({ what: 'refused', with: 'password' } as const)
        : { what: ACTIONS[action], with: after?.with ?? null }),
      userAgent: after?.userAgent ?? null,
    }));
  }
}
